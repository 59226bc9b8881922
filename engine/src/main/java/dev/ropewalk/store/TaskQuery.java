package dev.ropewalk.store;

import java.util.List;
import java.util.Optional;

/// Which tasks of an execution to list. All that is given must hold.
///
/// @param statuses one of these; empty for any
/// @param path exactly this task
/// @param fromIndex from this index on
/// @param limit at most so many, from 1
public record TaskQuery(long execution, List<String> statuses, Optional<String> path, int fromIndex, int limit) {

    public static TaskQuery all(long execution) {
        return new TaskQuery(execution, List.of(), Optional.empty(), 0, Integer.MAX_VALUE);
    }
}
