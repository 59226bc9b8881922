package dev.ropewalk;

import dev.ropewalk.plan.ExecutionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How an execution ended.
///
/// @param planId the workflow's name, and `@` its version if it states one
/// @param result what the plan says its result is, JSON-like; null unless it completed, and null if it is
///     too large to be read at once: then `omittedResults` holds [#PLAN_RESULT]
/// @param error why it failed as a whole
/// @param failures every task that failed with nothing standing in for it
/// @param partialResults what completed tasks returned, by path, JSON-like; only for an execution that
///     did not complete
/// @param omittedResults what is not in memory because of its size: the paths of completed tasks whose
///     results are kept out of line or are beyond the first 16 MiB, or [#PLAN_RESULT]
/// @param resourceUsage what the tasks consumed, as far as it was measured; read when asked for
/// @param timeline all events, read when asked for
public record ExecutionResult(
        String executionId,
        String planId,
        ExecutionStatus status,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        @Nullable Object result,
        Optional<ExecutionError> error,
        ExecutionMetrics metrics,
        Supplier<List<ResourceUsage>> resourceUsage,
        List<TaskResult> failures,
        Map<String, @Nullable Object> partialResults,
        List<String> omittedResults,
        Supplier<List<ExecutionEvent>> timeline) {

    /// In `omittedResults` of a completed execution: the plan's own result.
    public static final String PLAN_RESULT = "result";

    /// The result of a completed execution.
    ///
    /// @throws PartialFailureException if it did not complete
    public @Nullable Object orElseThrow() {
        if (status != ExecutionStatus.COMPLETED) {
            throw new PartialFailureException(this);
        }
        return result;
    }
}
