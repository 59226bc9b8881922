package dev.ropewalk.strategy;

import java.util.List;

/// What is expected to take the least time goes first. A task lets shorter ones pass that come within
/// `patience` times its own expected time; so a long one waits long, but not for ever.
///
/// For many independent tasks; within one plan it makes the plan slower, because it puts off what
/// much depends on.
///
/// Source of the idea: P. Brinch Hansen, "Short-term scheduling in multiprogramming systems" (highest
/// response ratio next), SOSP 1971; here linear, so that time leaves the order as it is.
///
/// @param patience how many times its own time a task lets shorter ones pass
public record ShortestJobFirst(double patience) implements SchedulingStrategy {

    public ShortestJobFirst {
        if (!(patience > 0) || Double.isInfinite(patience)) {
            throw new IllegalArgumentException(
                    "SHORTEST_JOB_FIRST: patience is %s; it must be a number greater than 0".formatted(patience));
        }
    }

    public ShortestJobFirst() {
        this(10);
    }

    @Override
    public String name() {
        return "SHORTEST_JOB_FIRST";
    }

    @Override
    public double base(ReadyTask task, SchedulingContext context) {
        return -patience * task.estimatedMicros() / 1e6;
    }

    @Override
    public List<Factor> explain(ReadyTask task, SchedulingContext context) {
        return List.of(
                new Factor("expectedSeconds", -patience, task.estimatedMicros() / 1e6),
                Factor.waiting(slope(), task.waitedMicros()));
    }
}
