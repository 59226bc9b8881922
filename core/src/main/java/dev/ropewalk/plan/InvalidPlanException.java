package dev.ropewalk.plan;

import java.util.List;

/// A plan was refused; the message lists everything that is wrong with it.
public final class InvalidPlanException extends RuntimeException {

    public static final String CODE = "PLAN_INVALID";

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /// @param plan its name
    public InvalidPlanException(String plan, Compilation.Rejected rejected) {
        super(message(plan, rejected));
        this.problems = rejected.problems();
    }

    /// What is wrong, at most a hundred problems.
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String plan, Compilation.Rejected rejected) {
        int count = rejected.problems().size() + rejected.omitted();
        StringBuilder message = new StringBuilder("plan %s rejected, %s [%s]"
                .formatted(Quoted.of(plan), count == 1 ? "1 problem" : Quoted.count(count) + " problems", CODE));
        for (Problem problem : rejected.problems()) {
            message.append("\n  ").append(problem.text());
        }
        if (rejected.omitted() > 0) {
            message.append("\n  … and ")
                    .append(Quoted.count(rejected.omitted()))
                    .append(" more");
        }
        return message.toString();
    }
}
