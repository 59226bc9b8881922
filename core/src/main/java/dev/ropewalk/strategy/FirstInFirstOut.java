package dev.ropewalk.strategy;

import java.util.List;

/// What was ready first goes first.
public record FirstInFirstOut() implements SchedulingStrategy {

    @Override
    public String name() {
        return "FIFO";
    }

    @Override
    public double base(ReadyTask task, SchedulingContext context) {
        return 0;
    }

    @Override
    public List<Factor> explain(ReadyTask task, SchedulingContext context) {
        return List.of(Factor.waiting(slope(), task.waitedMicros()));
    }
}
