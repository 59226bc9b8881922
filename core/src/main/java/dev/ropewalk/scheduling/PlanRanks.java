package dev.ropewalk.scheduling;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Ordering;

/// What strategies need to know of a plan's tasks, computed once per plan, off the loop. A forEach
/// item's task is asked for by the index of its pattern.
///
/// The *upward rank* of a task is its own expected time plus the greatest upward rank of those that
/// follow it: the length of the longest path from it to the end.
///
/// Source: Topcuoglu, Hariri, Wu: "Performance-effective and low-complexity task scheduling for
/// heterogeneous computing" (HEFT), IEEE TPDS 13(3), 2002, without communication costs.
public final class PlanRanks {

    private final Ordering ordering;
    private final float[] estimates;
    private final float[] upward;
    private final float[] risks;
    private final long longestPath;

    private PlanRanks(Ordering ordering, float[] estimates, float[] upward, float[] risks) {
        this.ordering = ordering;
        this.estimates = estimates;
        this.upward = upward;
        this.risks = risks;
        float longest = 0;
        for (float rank : upward) {
            longest = Math.max(longest, rank);
        }
        this.longestPath = (long) longest;
    }

    /// Linear in the plan's tasks and edges.
    public static PlanRanks of(ExecutionPlan plan, DurationEstimates durations) {
        int count = plan.taskCount();
        float[] estimates = new float[count];
        float[] risks = new float[count];
        plan.tasks().forEach(task -> {
            estimates[task.index()] = Math.max(1, durations.expectedMicros(task));
            risks[task.index()] = (float) Math.clamp(durations.failureRisk(task), 0, 1);
        });
        return new PlanRanks(plan.ordering(), estimates, new UpwardRanks(plan, estimates).ofStarts(), risks);
    }

    /// How many tasks the plan has; indexes from there on are items of a forEach.
    int taskCount() {
        return estimates.length;
    }

    /// What the plan says of its executions among others.
    public Ordering ordering() {
        return ordering;
    }

    public long estimatedMicros(int task) {
        return (long) estimates[task];
    }

    public long upwardMicros(int task) {
        return (long) upward[task];
    }

    public double failureRisk(int task) {
        return risks[task];
    }

    /// The greatest upward rank.
    public long longestPathMicros() {
        return longestPath;
    }
}
