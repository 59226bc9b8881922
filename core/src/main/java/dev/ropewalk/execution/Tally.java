package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sums that follow every event, so that how far an execution is, and how it goes, can be told without
/// looking at every task.
///
/// Work is measured in microseconds. A task weighs what the plan estimates; else what completed tasks
/// of the same tool took on average; else the average of all that is known. So what is not estimated
/// is counted by tool, and weighed when somebody asks. A `forEach` weighs nothing by itself: until it
/// expands it stands for one item. A task whose value is computed by the engine weighs nothing either.
final class Tally {

    /// What a task weighs as long as nothing is known of any.
    private static final double UNKNOWN_MICROS = 1_000_000;

    private final ExecutionPlan plan;

    /// By task of the plan the number of its tool, or -1 if it weighs nothing.
    private final int[] kindOf;

    /// By number of the tool.
    final List<String> tools;

    // By tool: tasks without an estimate, those of them that ended, and what completed tasks took.
    private final int[] tasks;
    private final int[] ended;
    private final int[] measured;
    private final long[] measuredMicros;

    // By tool: tasks that had an attempt, and attempts.
    final int[] attemptedTasks;
    final int[] attemptsByTool;

    private long estimatedMicros;
    private long estimatedEndedMicros;
    private int estimatedTasks;

    int counted;
    int completed;
    int failed;
    int tolerated;
    int attempts;
    int failedAttempts;
    private long costMicros;

    // How long at least one attempt ran, how long all of them did, and up to when that is summed up.
    private long busyMicros;
    private long attemptMicros;
    private long since;

    Tally(ExecutionPlan plan, Expansions expansions) {
        this.plan = plan;
        kindOf = new int[plan.taskCount()];
        Map<String, Integer> kinds = new HashMap<>();
        Arrays.fill(kindOf, ExecutionState.NONE);
        for (PlannedTask task : plan.tasks()) {
            if (task.kind() == PlannedTask.Kind.CALL && !task.tool().equals(PlannedTask.VALUE_TOOL)) {
                kindOf[task.index()] = kinds.computeIfAbsent(task.tool(), _ -> kinds.size());
            }
        }
        String[] names = new String[kinds.size()];
        kinds.forEach((tool, kind) -> names[kind] = tool);
        tools = List.of(names);
        tasks = new int[names.length];
        ended = new int[names.length];
        measured = new int[names.length];
        measuredMicros = new long[names.length];
        attemptedTasks = new int[names.length];
        attemptsByTool = new int[names.length];
        for (PlannedTask task : plan.tasks()) {
            if (task.counted()) {
                counted++;
                add(task.index(), 1);
                for (int pattern : expansions.patterns(task.index())) {
                    add(pattern, 1);
                }
            }
        }
    }

    private void add(int planned, int times) {
        int kind = kindOf[planned];
        long estimate = plan.task(planned).estimatedMicros();
        if (kind == ExecutionState.NONE) {
            return;
        }
        if (estimate > 0) {
            estimatedMicros += estimate * times;
            estimatedTasks += times;
        } else {
            tasks[kind] += times;
        }
    }

    private void end(int planned, int times) {
        int kind = kindOf[planned];
        long estimate = plan.task(planned).estimatedMicros();
        if (kind == ExecutionState.NONE) {
            return;
        }
        if (estimate > 0) {
            estimatedEndedMicros += estimate * times;
        } else {
            ended[kind] += times;
        }
    }

    /// A task has come to its end in `phase` (1), or is taken back from it (-1).
    void count(ExecutionState state, int task, Phase phase, int change) {
        if (!state.counted(task)) {
            return;
        }
        switch (phase) {
            case COMPLETED -> completed += change;
            case FAILED, TIMED_OUT -> failed += change;
            case SKIPPED -> {
                if (SkipReason.of(state.skip[task]) == SkipReason.FAILURE_TOLERATED) {
                    tolerated += change;
                }
            }
            case CANCELLED,
                    PENDING,
                    EVALUATING,
                    READY,
                    DELAYED,
                    QUEUED,
                    BACKING_OFF,
                    RUNNING,
                    EXPANDED,
                    FINISHING,
                    HELD -> {
                // How far an execution got does not count what was never done.
                return;
            }
        }
        Expansion expansion = state.expansions.holding(task);
        if (expansion != null) {
            end(expansion.pattern(task), change);
        } else if (state.expansions.current(task, state.generation[task]) == null) {
            end(task, change);
            for (int pattern : state.expansions.patterns(task)) {
                end(pattern, change);
            }
        }
    }

    /// A `forEach` has got its items (1), or they are dropped (-1).
    void countItems(Expansion expansion, int change) {
        counted += change * (expansion.end() - expansion.first());
        for (int pattern : expansion.patterns()) {
            add(pattern, change * (expansion.count() - 1));
        }
    }

    void started(int planned, int attempt, int running, long at) {
        passTime(running, at);
        attempts++;
        int kind = kindOf[planned];
        if (kind != ExecutionState.NONE) {
            attemptsByTool[kind]++;
            if (attempt == 1) {
                attemptedTasks[kind]++;
            }
        }
    }

    void completed(int planned, long runMicros) {
        int kind = kindOf[planned];
        if (kind != ExecutionState.NONE) {
            measured[kind]++;
            measuredMicros[kind] += Math.max(0, runMicros);
        }
    }

    void used(List<ResourceUse> usage) {
        for (int i = 0; i < usage.size(); i++) {
            costMicros += usage.get(i).microCost();
        }
    }

    /// What the reported consumption cost, in millionths of the currency unit; 0 if nothing did.
    long costMicros() {
        return costMicros;
    }

    /// Up to `at`, `running` attempts ran.
    void passTime(int running, long at) {
        if (running > 0) {
            busyMicros += at - since;
            attemptMicros += running * (at - since);
        }
        since = at;
    }

    /// How long at least one attempt ran.
    long busyMicros(int running, long now) {
        return busyMicros + (running > 0 ? Math.max(0, now - since) : 0);
    }

    /// How long attempts ran, all together.
    long attemptMicros(int running, long now) {
        return attemptMicros + running * Math.max(0, now - since);
    }

    /// Whether any weight is more than a guess.
    boolean anyKnown() {
        return estimatedTasks > 0 || Arrays.stream(measured).anyMatch(count -> count > 0);
    }

    /// What a task without an estimate weighs, by tool.
    double[] weights() {
        double known = estimatedMicros;
        long count = estimatedTasks;
        for (int kind = 0; kind < measured.length; kind++) {
            known += measuredMicros[kind];
            count += measured[kind];
        }
        double[] weights = new double[measured.length];
        for (int kind = 0; kind < measured.length; kind++) {
            boolean own = measured[kind] > 0;
            weights[kind] = own
                    ? Math.max(1, (double) measuredMicros[kind] / measured[kind])
                    : count > 0 ? known / count : UNKNOWN_MICROS;
        }
        return weights;
    }

    double totalMicros(double[] weights) {
        return sum((double) estimatedMicros, tasks, weights);
    }

    double endedMicros(double[] weights) {
        return sum((double) estimatedEndedMicros, ended, weights);
    }

    private static double sum(double estimated, int[] counts, double[] weights) {
        double sum = estimated;
        for (int kind = 0; kind < counts.length; kind++) {
            sum += counts[kind] * weights[kind];
        }
        return sum;
    }

    double weight(int planned, double[] weights) {
        int kind = kindOf[planned];
        long estimate = plan.task(planned).estimatedMicros();
        return kind == ExecutionState.NONE ? 0 : estimate > 0 ? estimate : weights[kind];
    }
}
