package dev.ropewalk.scheduling;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// The longest expected times to the end of a plan. Each task has two nodes, its start and its end, so
/// that every type of dependency is an edge between two of them, as long as its lag. The items of a
/// forEach lie between the start and the end of it.
final class UpwardRanks {

    private final ExecutionPlan plan;
    private final float[] estimates;

    /// By task: the first of its items' patterns, and the next of the same forEach; -1 for none.
    private final int[] firstPattern;

    private final int[] nextPattern;

    /// By node: how many edges lead to it.
    private final int[] missing;

    /// All nodes, each after those that lead to it.
    private final int[] order;

    private int ordered;

    /// By node: the longest time from it to the end.
    private final double[] ranks;

    UpwardRanks(ExecutionPlan plan, float[] estimates) {
        this.plan = plan;
        this.estimates = estimates;
        this.firstPattern = new int[estimates.length];
        this.nextPattern = new int[estimates.length];
        this.missing = new int[2 * estimates.length];
        this.order = new int[2 * estimates.length];
        this.ranks = new double[2 * estimates.length];
    }

    private void findPatterns() {
        Arrays.fill(firstPattern, -1);
        for (PlannedTask task : plan.tasks()) {
            if (task.group() >= 0) {
                nextPattern[task.index()] = firstPattern[task.group()];
                firstPattern[task.group()] = task.index();
            }
        }
    }

    private static int start(int task) {
        return 2 * task;
    }

    private static int end(int task) {
        return 2 * task + 1;
    }

    /// By task, from its start.
    float[] ofStarts() {
        findPatterns();
        eachNode(node -> eachEdge(node, (to, _) -> missing[to]++));
        eachNode(this::orderIfFree);
        for (int i = 0; i < ordered; i++) {
            eachEdge(order[i], (to, _) -> {
                missing[to]--;
                orderIfFree(to);
            });
        }
        for (int i = ordered - 1; i >= 0; i--) {
            int node = order[i];
            eachEdge(node, (to, time) -> ranks[node] = Math.max(ranks[node], time + ranks[to]));
        }
        float[] ofStarts = new float[estimates.length];
        for (int task = 0; task < ofStarts.length; task++) {
            ofStarts[task] = (float) ranks[start(task)];
        }
        return ofStarts;
    }

    private void orderIfFree(int node) {
        if (missing[node] == 0) {
            order[ordered++] = node;
        }
    }

    private void eachNode(IntConsumer action) {
        for (int node = 0; node < ranks.length; node++) {
            action.accept(node);
        }
    }

    @FunctionalInterface
    private interface Edge {
        void leads(int node, double time);
    }

    private void eachEdge(int node, Edge edge) {
        int task = node / 2;
        boolean isStart = node == start(task);
        if (isStart) {
            edge.leads(end(task), estimates[task]);
            for (int pattern = firstPattern[task]; pattern >= 0; pattern = nextPattern[pattern]) {
                edge.leads(start(pattern), 0);
            }
        }
        for (int k = 0; k < plan.successorCount(task); k++) {
            if (plan.edgeKind(task, k).asksForStart() == isStart) {
                int next = plan.successor(task, k);
                edge.leads(
                        plan.edgeKind(task, k).holdsEnd() ? end(next) : start(next), (double) plan.lagMicros(task, k));
            }
        }
        int owner = plan.task(task).group();
        if (!isStart && owner >= 0) {
            edge.leads(end(owner), 0);
        }
    }
}
