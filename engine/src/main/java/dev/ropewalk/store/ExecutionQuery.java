package dev.ropewalk.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which executions to list. All that is given must hold.
///
/// @param statuses one of these as [ExecutionRow#shownStatus()]; empty for any
/// @param workflow the name of the workflow
/// @param tags all of these
/// @param metadata a top-level key of the metadata has this text (a string's value, otherwise its JSON)
/// @param idPrefix the id starts with this; empty for any
/// @param beforeNumber only numbers below; 0 for any: where the page before ended
/// @param limit at most so many, from 1
public record ExecutionQuery(
        String namespace,
        List<String> statuses,
        Optional<String> workflow,
        List<String> tags,
        Map<String, String> metadata,
        String idPrefix,
        long beforeNumber,
        int limit) {

    public static ExecutionQuery newest(int limit) {
        return new ExecutionQuery("", List.of(), Optional.empty(), List.of(), Map.of(), "", 0, limit);
    }
}
