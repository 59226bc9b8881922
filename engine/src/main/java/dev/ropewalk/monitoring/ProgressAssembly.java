package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.execution.Progress;
import java.time.Duration;
import java.util.Optional;

/// How far an execution is, or all together, in the words of the public API.
public final class ProgressAssembly {

    private ProgressAssembly() {}

    public static ExecutionProgress of(Progress progress) {
        Optional<Duration> remaining = progress.remainingMicros().isEmpty()
                ? Optional.empty()
                : Optional.of(ResultAssembly.micros(progress.remainingMicros().getAsLong()));
        return new ExecutionProgress(
                progress.percentage(),
                progress.completedTasks(),
                progress.totalTasks(),
                progress.runningTasks(),
                progress.failedTasks(),
                remaining,
                progress.phase());
    }
}
