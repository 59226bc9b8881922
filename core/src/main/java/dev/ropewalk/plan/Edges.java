package dev.ropewalk.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A growing list of edges between task indexes. Not safe for use by several threads.
///
/// An edge is kept as two ints: its origin, and its target with the kind in the low three bits.
final class Edges {

    private static final EdgeKind[] KINDS = EdgeKind.values();
    private static final int KIND_BITS = 3;

    private int[] origins = new int[16];
    private int[] targets = new int[16];
    private final Lags lags = new Lags();
    private int size;

    void add(int from, int to, EdgeKind kind) {
        add(from, to, kind, 0);
    }

    /// @param lagMicros how long after what its origin does the edge counts
    void add(int from, int to, EdgeKind kind, long lagMicros) {
        if (lagMicros > 0) {
            lags.add(size, lagMicros);
        }
        if (size == origins.length) {
            origins = Arrays.copyOf(origins, size * 2);
            targets = Arrays.copyOf(targets, size * 2);
        }
        origins[size] = from;
        targets[size++] = to << KIND_BITS | kind.ordinal();
    }

    int size() {
        return size;
    }

    /// The lags, by the number of the edge.
    Lags lags() {
        return lags;
    }

    int origin(int edge) {
        return origins[edge];
    }

    int targetOf(int edge) {
        return target(targets[edge]);
    }

    EdgeKind kindOf(int edge) {
        return kind(targets[edge]);
    }

    static int target(int packed) {
        return packed >> KIND_BITS;
    }

    static EdgeKind kind(int packed) {
        return KINDS[packed & (1 << KIND_BITS) - 1];
    }

    /// For each task the place of its first edge in [#sortedTargets], and the end as last.
    int[] firstByOrigin(int tasks) {
        int[] first = new int[tasks + 1];
        for (int i = 0; i < size; i++) {
            first[origins[i] + 1]++;
        }
        for (int i = 0; i < tasks; i++) {
            first[i + 1] += first[i];
        }
        return first;
    }

    /// The packed targets by origin; edges of one origin keep the order in which they were added.
    int[] sortedTargets(int tasks) {
        int[] next = firstByOrigin(tasks);
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[next[origins[i]]++] = targets[i];
        }
        return sorted;
    }

    /// The lags by the edge's place in [#sortedTargets].
    Lags sortedLags(int tasks) {
        if (lags.size() == 0) {
            return lags;
        }
        int[] next = firstByOrigin(tasks);
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = next[origins[i]]++;
        }
        return lags.renumbered(places);
    }

    /// The same edges sorted by origin, each once, with the longest of its lags.
    Edges distinct(int tasks) {
        int[] first = firstByOrigin(tasks);
        int[] sorted = sortedTargets(tasks);
        Map<Long, Long> longest = longestLags();
        Edges distinct = new Edges();
        // By target and kind: the last origin from which such an edge was seen, plus one.
        int[] seenFrom = new int[tasks << KIND_BITS];
        for (int origin = 0; origin < tasks; origin++) {
            for (int i = first[origin]; i < first[origin + 1]; i++) {
                if (seenFrom[sorted[i]] != origin + 1) {
                    seenFrom[sorted[i]] = origin + 1;
                    long lag = longest.isEmpty() ? 0 : longest.getOrDefault(key(origin, sorted[i]), 0L);
                    distinct.add(origin, target(sorted[i]), kind(sorted[i]), lag);
                }
            }
        }
        return distinct;
    }

    private Map<Long, Long> longestLags() {
        Map<Long, Long> longest = new HashMap<>();
        for (int i = 0; i < lags.size(); i++) {
            int edge = lags.edge(i);
            longest.merge(key(origins[edge], targets[edge]), lags.micros(i), Math::max);
        }
        return longest;
    }

    private static long key(int origin, int packed) {
        return (long) origin << Integer.SIZE | packed;
    }

    /// For each task how many edges hold its start.
    int[] countByTarget(int tasks) {
        int[] count = new int[tasks];
        for (int i = 0; i < size; i++) {
            if (!kind(targets[i]).holdsEnd()) {
                count[target(targets[i])]++;
            }
        }
        return count;
    }

    /// For each task how many edges hold its completion; empty if none does.
    int[] endsHeldByTarget(int tasks) {
        int[] count = {};
        for (int i = 0; i < size; i++) {
            if (kind(targets[i]).holdsEnd()) {
                count = count.length == 0 ? new int[tasks] : count;
                count[target(targets[i])]++;
            }
        }
        return count;
    }

    /// Whether some of the edges ask for a start, or hold an end.
    boolean typed() {
        for (int i = 0; i < size; i++) {
            EdgeKind kind = kind(targets[i]);
            if (kind.asksForStart() || kind.holdsEnd()) {
                return true;
            }
        }
        return false;
    }

    /// Whether some of the edges ask for the start of their origin.
    boolean asksForStarts() {
        for (int i = 0; i < size; i++) {
            if (kind(targets[i]).asksForStart()) {
                return true;
            }
        }
        return false;
    }
}
