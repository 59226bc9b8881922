package dev.ropewalk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that happened in an execution.
///
/// @param id `seq.k`: the number of the record in the log, and which of the events it stands for
/// @param seq the number of the record in the log, from 1
/// @param taskId the path of the task, if it is one's
/// @param description one line for people
/// @param data facts, JSON-like
public record ExecutionEvent(
        String id,
        long seq,
        ExecutionEventType type,
        Instant timestamp,
        Optional<String> taskId,
        String description,
        Map<String, @Nullable Object> data) {}
