package dev.ropewalk.value;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// In which order the entries of a map are written: its own if it has one; else, because that of
/// `Map.of` is another in every JVM, the order of the keys.
final class EntryOrder {

    private EntryOrder() {}

    static Map<?, ?> of(Map<?, ?> map) {
        boolean has = map instanceof SequencedMap || map.size() < 2;
        return has || !map.keySet().stream().allMatch(String.class::isInstance) ? map : new TreeMap<>(map);
    }
}
