package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Phase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/// How far an execution is, in the words of the public API.
public final class ProgressAssembly {

    private ProgressAssembly() {}

    /// @param runningFraction how much of a running task is done, 0 to 1, by its index
    public static ExecutionProgress of(ExecutionState state, IntToDoubleFunction runningFraction) {
        double all = 0;
        double done = 0;
        int failed = 0;
        Set<String> steps = new LinkedHashSet<>();
        for (int task = 0; task < state.taskCount(); task++) {
            if (!state.counted(task)) {
                continue;
            }
            long estimate = state.definition(task).estimatedMicros();
            double weight = estimate == 0 ? 1_000_000 : estimate;
            all += weight;
            Phase phase = state.phase(task);
            if (phase.ended()) {
                done += weight;
            } else if (phase == Phase.RUNNING) {
                done += weight * runningFraction.applyAsDouble(task);
                steps.add(state.plan().step(state.definition(task).step()).path());
            }
            if (phase == Phase.FAILED || phase == Phase.TIMED_OUT) {
                failed++;
            }
        }
        return new ExecutionProgress(
                all == 0 ? 100 : 100 * done / all,
                state.completedTasks(),
                state.countedTasks(),
                state.runningTasks(),
                failed,
                Optional.empty(),
                String.join(", ", steps));
    }

    /// All together: each execution weighs as much as it has tasks.
    public static ExecutionProgress sum(List<ExecutionProgress> all) {
        double done = 0;
        int completed = 0;
        int total = 0;
        int running = 0;
        int failed = 0;
        Set<String> phases = new LinkedHashSet<>();
        for (ExecutionProgress one : all) {
            done += one.percentage() * one.totalTasks();
            completed += one.completedTasks();
            total += one.totalTasks();
            running += one.runningTasks();
            failed += one.failedTasks();
            if (!one.currentPhase().isEmpty()) {
                phases.add(one.currentPhase());
            }
        }
        return new ExecutionProgress(
                total == 0 ? 100 : done / total,
                completed,
                total,
                running,
                failed,
                Optional.empty(),
                String.join(", ", phases));
    }
}
