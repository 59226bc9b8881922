package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionMetrics;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How an execution went so far, in the words of the public API.
final class MetricsAssembly {

    private MetricsAssembly() {}

    /// @param until microseconds since 1970: its end, or now
    static ExecutionMetrics of(ExecutionState state, long until) {
        Duration total =
                state.startedAt() == 0 ? Duration.ZERO : ResultAssembly.micros(Math.max(0, until - state.startedAt()));
        int ended = 0;
        for (int task = 0; task < state.taskCount(); task++) {
            TaskStatus status = state.taskStatus(task);
            if (state.counted(task)
                    && (status == TaskStatus.COMPLETED
                            || status == TaskStatus.FAILED
                            || status == TaskStatus.TIMED_OUT)) {
                ended++;
            }
        }
        double seconds = total.toNanos() / 1e9;
        return new ExecutionMetrics(
                total,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                ended == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) state.completedTasks() / ended),
                seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(state.completedTasks() / seconds),
                OptionalDouble.empty(),
                Map.of());
    }
}
