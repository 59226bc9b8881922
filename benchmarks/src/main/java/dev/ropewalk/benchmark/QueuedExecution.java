package dev.ropewalk.benchmark;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.scheduling.PlanRanks;
import dev.ropewalk.scheduling.ScheduledExecution;
import java.time.Duration;
import java.util.Random;

/// An execution of which only the queue is real. All share one plan of a thousand tasks that differ in
/// time, priority and deadline.
final class QueuedExecution extends ScheduledExecution {

    static final int TASKS = 1_000;

    private static final ExecutionPlan PLAN = plan();
    private static final PlanRanks RANKS = PlanRanks.of(PLAN, DurationEstimates.stated());

    private final long startedAt;
    int ended;

    QueuedExecution(long startedAt) {
        this.startedAt = startedAt;
    }

    private static ExecutionPlan plan() {
        Random random = new Random(1);
        var plan = ExecutionPlan.named("queued");
        for (int task = 0; task < TASKS; task++) {
            Duration time = Duration.ofMillis(1 + random.nextInt(60_000));
            Priority priority = Priority.values()[random.nextInt(4)];
            plan.task("t" + task, t -> t.tool("nothing").estimatedDuration(time).priority(priority));
        }
        return plan.build();
    }

    @Override
    protected PlannedTask definition(int task) {
        return PLAN.task(task);
    }

    @Override
    protected PlanRanks ranks() {
        return RANKS;
    }

    /// Every other task has one, from a minute to an hour after the start.
    @Override
    protected long deadline(int task) {
        return (task & 1) == 0 ? Long.MAX_VALUE : startedAt + 60_000_000L + task * 3_600_000L;
    }

    @Override
    public double shareDone() {
        return Math.min(1, (double) ended / TASKS);
    }

    @Override
    public boolean underWay() {
        return ended > 0;
    }
}
