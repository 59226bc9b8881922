package dev.ropewalk.strategy;

import java.time.Duration;
import java.util.List;

/// The higher priority goes first. A level is worth a time of waiting, so a low one comes up in the
/// end.
///
/// @param level what a step up, as from NORMAL to HIGH, is worth
public record PriorityFirst(Duration level) implements SchedulingStrategy {

    public PriorityFirst {
        Positive.check("PRIORITY: level", level);
    }

    public PriorityFirst() {
        this(Duration.ofMinutes(10));
    }

    @Override
    public String name() {
        return "PRIORITY";
    }

    @Override
    public double base(ReadyTask task, SchedulingContext context) {
        return task.priority().ordinal() * Positive.seconds(level);
    }

    @Override
    public List<Factor> explain(ReadyTask task, SchedulingContext context) {
        return List.of(
                new Factor("priority", Positive.seconds(level), task.priority().ordinal()),
                Factor.waiting(slope(), task.waitedMicros()));
    }
}
