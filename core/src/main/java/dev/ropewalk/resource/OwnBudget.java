package dev.ropewalk.resource;

/// What a plan allows each of its executions to spend, for one of them.
final class OwnBudget implements Resource {

    private final String name;
    final long tokens;
    final long cost;

    OwnBudget(String name, long tokens, long cost) {
        this.name = name;
        this.tokens = tokens;
        this.cost = cost;
    }

    @Override
    public Kind kind() {
        return Kind.BUDGET;
    }

    @Override
    public String name() {
        return name;
    }
}
