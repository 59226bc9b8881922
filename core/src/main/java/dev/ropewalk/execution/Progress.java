package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedStep;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/// How far an execution is, or several together.
///
/// @param percentage 0 to 100, by work: see [#of]
/// @param workMicros how much work there is in all, done or not
/// @param completedTasks of those that people count, as are the next
/// @param remainingMicros how long it may still take; empty if too little is known
/// @param phases the steps in which tasks run, by title or else path
public record Progress(
        double percentage,
        long workMicros,
        int completedTasks,
        int totalTasks,
        int runningTasks,
        int failedTasks,
        OptionalLong remainingMicros,
        SequencedSet<String> phases) {

    private static final int PHASES_SHOWN = 3;

    /// How far the execution is at `now`. A task weighs what the plan estimates, else what completed
    /// tasks of the same tool took on average, else what any did; running ones count with the fraction
    /// that they report.
    ///
    /// What is left is divided by how many attempts ran at once on average so far; that it may become
    /// less parallel is not foreseen. Costs time in proportion to tools and running tasks, not to the
    /// plan.
    ///
    /// @param now microseconds since 1970
    /// @param fraction what the attempt of a running task says it has done, 0 to 1, by its index
    public static Progress of(ExecutionState state, long now, IntToDoubleFunction fraction) {
        Tally tally = state.tally;
        double[] weights = tally.weights();
        double total = tally.totalMicros(weights);
        double done = tally.endedMicros(weights) + runningMicros(state, weights, fraction);
        return new Progress(
                percentage(state, done, total),
                Math.round(total),
                tally.completed,
                tally.counted,
                state.runningTasks(),
                tally.failed,
                remaining(state, now, Math.max(0, total - done)),
                phases(state));
    }

    private static double runningMicros(ExecutionState state, double[] weights, IntToDoubleFunction fraction) {
        double done = 0;
        for (int task = state.runningTasks.nextSetBit(0); task >= 0; task = state.runningTasks.nextSetBit(task + 1)) {
            double reported = fraction.applyAsDouble(task);
            double within = reported > 0 ? Math.min(1, reported) : 0;
            done += within * state.tally.weight(state.definition(task).index(), weights);
        }
        return done;
    }

    private static double percentage(ExecutionState state, double done, double total) {
        Tally tally = state.tally;
        if (state.status() == ExecutionStatus.COMPLETED) {
            return 100;
        }
        double part = total > 0 ? done / total : tally.counted == 0 ? 0 : (double) tally.completed / tally.counted;
        return 100 * Math.min(1, part);
    }

    private static OptionalLong remaining(ExecutionState state, long now, double workLeft) {
        if (state.status().ended()) {
            return OptionalLong.of(0);
        }
        double elapsed = state.activeMicros(now);
        if (state.stopping() || !state.tally.anyKnown() || elapsed <= 0) {
            return OptionalLong.empty();
        }
        double parallel = state.tally.attemptMicros(state.runningTasks(), now) / elapsed;
        return parallel <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(workLeft / parallel));
    }

    private static SequencedSet<String> phases(ExecutionState state) {
        return state.steps.active.stream()
                .mapToObj(step -> title(state.plan().step(step)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String title(PlannedStep step) {
        return step.about().name().isEmpty() ? step.path() : step.about().name();
    }

    /// Several executions together: each weighs as much as the work that it holds.
    public static Progress together(Collection<Progress> all) {
        double done = 0;
        long work = 0;
        int completed = 0;
        int total = 0;
        int running = 0;
        int failed = 0;
        OptionalLong remaining = OptionalLong.of(0);
        SequencedSet<String> phases = new LinkedHashSet<>();
        for (Progress one : all) {
            done += one.percentage * one.workMicros;
            work += one.workMicros;
            completed += one.completedTasks;
            total += one.totalTasks;
            running += one.runningTasks;
            failed += one.failedTasks;
            remaining = later(remaining, one.remainingMicros);
            phases.addAll(one.phases);
        }
        double byCount = total == 0 ? 0 : 100.0 * completed / total;
        return new Progress(
                work > 0 ? done / work : byCount, work, completed, total, running, failed, remaining, phases);
    }

    /// The last to end ends them all; if one is unknown, so is that.
    private static OptionalLong later(OptionalLong one, OptionalLong other) {
        return one.isEmpty() || other.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
    }

    /// The phases in a line, not all if they are many; empty if nothing runs.
    public String phase() {
        String shown = phases.stream().limit(PHASES_SHOWN).collect(Collectors.joining(", "));
        int more = phases.size() - PHASES_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
