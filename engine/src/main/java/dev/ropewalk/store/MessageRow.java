package dev.ropewalk.store;

import java.util.Optional;

/// A message of a task or of the engine about an execution.
///
/// @param number increasing within the store; given by the store when it is 0
/// @param execution the number of the execution
/// @param at microseconds since 1970
/// @param level DEBUG, INFO, WARNING or ERROR
public record MessageRow(
        long number, long execution, Optional<String> taskPath, int attempt, long at, String level, String text) {}
