package dev.ropewalk.resource;

import java.util.TreeMap;

/// The limits that several declare for the same thing: the least holds, as long as whoever declared it
/// is there.
final class Strictest {

    static final long NO_LIMIT = Long.MAX_VALUE;

    private final TreeMap<Long, Integer> declared = new TreeMap<>();

    void add(long limit) {
        declared.merge(limit, 1, Integer::sum);
    }

    void remove(long limit) {
        declared.computeIfPresent(limit, (_, times) -> times == 1 ? null : times - 1);
    }

    boolean isEmpty() {
        return declared.isEmpty();
    }

    /// What holds; [#NO_LIMIT] if nothing is declared.
    long least() {
        return declared.isEmpty() ? NO_LIMIT : declared.firstKey();
    }

    /// What would hold if the most generous were alone.
    long greatest() {
        return declared.isEmpty() ? NO_LIMIT : declared.lastKey();
    }
}
