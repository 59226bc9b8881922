package dev.ropewalk.plan;

/// What a workflow says of its execution as a whole, checked.
record Header(Workflow workflow, long timeoutMicros, int maxParallel) {

    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_PARALLEL = 1_000_000;

    static Header of(Workflow workflow, Problems problems) {
        if (workflow.name().isBlank()) {
            problems.add(Problem.INVALID_VALUE, Location.ROOT.key("name"), "the plan has no name", "give it one");
        }
        checkText(workflow.name(), Location.ROOT.key("name"), problems);
        checkText(workflow.version(), Location.ROOT.key("version"), problems);
        Location constraints = Location.ROOT.key("constraints");
        new ConstraintsCheck(problems).check(workflow.constraints(), constraints);
        if (!workflow.constraints().exclusive().isEmpty()) {
            problems.add(
                    Problem.UNSUPPORTED,
                    constraints.key("exclusive"),
                    "a plan as a whole holds no locks",
                    "put exclusive on the tasks that need it");
        }
        Amounts amounts = new Amounts(problems);
        return new Header(
                workflow,
                amounts.micros(workflow.timeout(), Location.ROOT.key("timeout"), "no timeout"),
                amounts.within(workflow.maxParallel(), 1, MAX_PARALLEL, Location.ROOT.key("maxParallel"), 0));
    }

    private static void checkText(String text, Location at, Problems problems) {
        if (text.length() > MAX_NAME_LENGTH) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    Quoted.of(text) + " has " + Quoted.count(text.length()) + " characters, more than "
                            + MAX_NAME_LENGTH,
                    "shorten it; a description may be longer");
        } else if (!Quoted.isVisible(text)) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    Quoted.of(text) + " has characters that cannot be seen",
                    "remove line breaks, control characters and direction marks");
        }
    }
}
