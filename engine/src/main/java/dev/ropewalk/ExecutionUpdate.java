package dev.ropewalk;

import dev.ropewalk.plan.ExecutionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is new about an execution since the update before.
///
/// @param status after the last of `events`
/// @param currentTask the path of a task that runs
/// @param metrics as far as they are known
/// @param events each exactly once, in order
/// @param messages at best effort
public record ExecutionUpdate(
        String executionId,
        Instant timestamp,
        ExecutionStatus status,
        ExecutionProgress progress,
        Optional<String> currentTask,
        ExecutionMetrics metrics,
        List<ExecutionEvent> events,
        List<ExecutionMessage> messages) {}
