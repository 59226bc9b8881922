package dev.ropewalk.scheduling;

import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.ReadyExecution;
import dev.ropewalk.strategy.ReadyTask;
import org.jspecify.annotations.Nullable;

/// Points at one task after the other, so that asking a strategy allocates nothing.
final class Ready implements ReadyTask {

    private @Nullable ScheduledExecution execution;
    private int task;
    private long queuedAt;
    private long now;

    Ready at(ScheduledExecution newExecution, int newTask, long since, long at) {
        execution = newExecution;
        task = newTask;
        queuedAt = since;
        now = at;
        return this;
    }

    private ScheduledExecution its() {
        if (execution == null) {
            throw new IllegalStateException("a ready task was used outside the call that it was passed to");
        }
        return execution;
    }

    @Override
    public PlannedTask definition() {
        return its().definition(task);
    }

    @Override
    public ReadyExecution execution() {
        return its();
    }

    @Override
    public Priority priority() {
        return its().priority(task);
    }

    @Override
    public double value() {
        return its().value(task);
    }

    @Override
    public long estimatedMicros() {
        return its().estimatedMicros(task);
    }

    @Override
    public long upwardMicros() {
        return its().ranks().upwardMicros(its().ranked(task));
    }

    @Override
    public double failureRisk() {
        return its().ranks().failureRisk(its().ranked(task));
    }

    @Override
    public long deadline() {
        return its().deadline(task);
    }

    @Override
    public long latestStart() {
        long own = its().deadline(task);
        long whole = its().deadline();
        return Math.min(
                own == Long.MAX_VALUE ? own : own - estimatedMicros(),
                whole == Long.MAX_VALUE ? whole : whole - upwardMicros());
    }

    @Override
    public long queuedAt() {
        return queuedAt;
    }

    @Override
    public long waitedMicros() {
        return now - queuedAt;
    }
}
