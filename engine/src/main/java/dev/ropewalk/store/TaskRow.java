package dev.ropewalk.store;

import java.util.Optional;

/// What is known of a task without reading the log: projected from it, up to `asOfSeq`.
///
/// @param execution the number of its execution
/// @param index in the plan, items of `forEach` after it
/// @param path its address
/// @param status the name of a `TaskStatus`
/// @param attempts how many were started
/// @param generation how often it was restarted as new work
/// @param queuedAt, startedAt, completedAt microseconds since 1970; 0 if not yet
/// @param runMicros the run time of its attempts together
/// @param errorCode, errorMessage of the last failed attempt
/// @param agent who ran its last attempt, if it asked for one
/// @param resultSeq the number of the event that holds its result; 0 if there is none
public record TaskRow(
        long execution,
        int index,
        String path,
        String step,
        String tool,
        String status,
        int attempts,
        int generation,
        long queuedAt,
        long startedAt,
        long completedAt,
        long runMicros,
        Optional<String> errorCode,
        Optional<String> errorMessage,
        Optional<String> agent,
        long resultSeq,
        long asOfSeq) {}
