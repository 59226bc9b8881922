package dev.ropewalk.scheduling;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.Arrays;

/// What strategies need to know of a plan's tasks, computed once per plan, off the loop. A forEach
/// item's task is asked for by the index of its pattern.
///
/// The *upward rank* of a task is its own expected time plus the greatest upward rank of those that
/// follow it: the length of the longest path from it to the end.
///
/// Source: Topcuoglu, Hariri, Wu: "Performance-effective and low-complexity task scheduling for
/// heterogeneous computing" (HEFT), IEEE TPDS 13(3), 2002, without communication costs.
public final class PlanRanks {

    private final float[] estimates;
    private final float[] upward;
    private final float[] risks;
    private final long longestPath;

    private PlanRanks(float[] estimates, float[] upward, float[] risks) {
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
        return new PlanRanks(estimates, upward(plan, estimates), risks);
    }

    private static float[] upward(ExecutionPlan plan, float[] estimates) {
        int[] order = topologicalOrder(plan);
        float[] upward = estimates.clone();
        for (int i = order.length - 1; i >= 0; i--) {
            int task = order[i];
            float after = 0;
            for (int k = 0; k < plan.successorCount(task); k++) {
                after = Math.max(after, upward[plan.successor(task, k)]);
            }
            upward[task] = estimates[task] + after;
        }
        return upward;
    }

    private static int[] topologicalOrder(ExecutionPlan plan) {
        int count = plan.taskCount();
        int[] missing = new int[count];
        int[] order = new int[count];
        int end = 0;
        for (int task = 0; task < count; task++) {
            missing[task] = plan.predecessorCount(task);
            if (missing[task] == 0) {
                order[end++] = task;
            }
        }
        for (int i = 0; i < end; i++) {
            for (int k = 0; k < plan.successorCount(order[i]); k++) {
                int successor = plan.successor(order[i], k);
                if (--missing[successor] == 0) {
                    order[end++] = successor;
                }
            }
        }
        return end == count ? order : Arrays.copyOf(order, end);
    }

    /// How many tasks the plan has; indexes from there on are items of a forEach.
    int taskCount() {
        return estimates.length;
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
