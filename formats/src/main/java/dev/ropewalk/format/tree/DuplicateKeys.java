package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import java.util.Map;

/// Refuses a key that its map already has. Which of two values counts differs from reader to reader,
/// so neither does here.
final class DuplicateKeys {

    private DuplicateKeys() {}

    /// Notes the key in `keys`, or reports that it is there already.
    static boolean isNew(String key, Position at, Map<String, Position> keys, Location place, ProblemSink problems) {
        Position first = keys.putIfAbsent(key, at);
        if (first == null) {
            return true;
        }
        String message = "%s is written twice in one map, first in line %d".formatted(Quoted.of(key), first.line());
        problems.add(at, place, "DUPLICATE_KEY", message, "keep one of the two");
        return false;
    }
}
