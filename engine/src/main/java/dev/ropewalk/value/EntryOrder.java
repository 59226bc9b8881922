package dev.ropewalk.value;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// In which order the entries of a map are written: in its own; but that of `Map.of` is another in
/// every JVM and that of a `HashMap` an accident, so those are written in the order of their keys.
final class EntryOrder {

    private static final Class<?> SCATTERED = Map.of("a", 1, "b", 2).getClass();

    private EntryOrder() {}

    static Map<?, ?> of(Map<?, ?> map) {
        boolean scattered = map.size() > 1
                && (map.getClass().equals(SCATTERED) || map.getClass().equals(HashMap.class));
        return scattered && map.keySet().stream().allMatch(String.class::isInstance) ? new TreeMap<>(map) : map;
    }
}
