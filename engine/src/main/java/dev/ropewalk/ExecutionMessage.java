package dev.ropewalk;

import dev.ropewalk.tool.MessageLevel;
import java.time.Instant;
import java.util.Optional;

/// Something that a task or the engine had to say.
///
/// @param taskId the path of the task, if it is one's
/// @param attempt of the task; 0 if it is none's
public record ExecutionMessage(
        MessageLevel level, String message, Instant timestamp, Optional<String> taskId, int attempt) {}
