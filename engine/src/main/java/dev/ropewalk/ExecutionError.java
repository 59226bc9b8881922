package dev.ropewalk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a task or an execution failed.
///
/// @param code stable, upper case
/// @param message for people
/// @param taskId the path of the task, if one task failed
/// @param recoverable whether another attempt may succeed
/// @param context facts, JSON-like
public record ExecutionError(
        String code,
        String message,
        Optional<String> taskId,
        Instant timestamp,
        boolean recoverable,
        Map<String, @Nullable Object> context) {}
