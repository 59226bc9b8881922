package dev.ropewalk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An execution did not complete; what did complete is still there.
public final class PartialFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ExecutionResult result;

    PartialFailureException(ExecutionResult result) {
        super("execution %s is %s%s"
                .formatted(
                        result.executionId(),
                        result.status(),
                        result.error().map(error -> ": " + error.message()).orElse("")));
        this.result = result;
    }

    /// Every task that failed with nothing standing in for it.
    public List<TaskResult> failedTasks() {
        return result.failures();
    }

    /// What completed tasks returned, by path.
    public Map<String, @Nullable Object> partialResults() {
        return result.partialResults();
    }

    public ExecutionResult result() {
        return result;
    }
}
