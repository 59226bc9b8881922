package dev.ropewalk;

import dev.ropewalk.plan.TaskStatus;
import java.util.List;
import java.util.Optional;

/// How one task ended, or where it stands.
///
/// @param taskId its path
/// @param error why it failed, or why its last attempt did
/// @param skipReason why it was skipped
/// @param skipped the paths of the tasks that were skipped because it failed
public record TaskResult(
        String taskId,
        String tool,
        TaskStatus status,
        TaskMetrics metrics,
        Optional<ExecutionError> error,
        Optional<String> skipReason,
        List<String> skipped) {}
