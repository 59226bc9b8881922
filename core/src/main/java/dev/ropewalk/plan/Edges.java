package dev.ropewalk.plan;

import java.util.Arrays;

/// A growing list of edges between task indexes. Not safe for use by several threads.
///
/// An edge is kept as two ints: its origin, and its target with the kind in the low three bits.
final class Edges {

    private static final EdgeKind[] KINDS = EdgeKind.values();
    private static final int KIND_BITS = 3;

    private int[] origins = new int[16];
    private int[] targets = new int[16];
    private int size;

    void add(int from, int to, EdgeKind kind) {
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

    /// The same edges sorted by origin, each once.
    Edges distinct(int tasks) {
        int[] first = firstByOrigin(tasks);
        int[] sorted = sortedTargets(tasks);
        Edges distinct = new Edges();
        // By target and kind: the last origin from which such an edge was seen, plus one.
        int[] seenFrom = new int[tasks << KIND_BITS];
        for (int origin = 0; origin < tasks; origin++) {
            for (int i = first[origin]; i < first[origin + 1]; i++) {
                if (seenFrom[sorted[i]] != origin + 1) {
                    seenFrom[sorted[i]] = origin + 1;
                    distinct.add(origin, target(sorted[i]), kind(sorted[i]));
                }
            }
        }
        return distinct;
    }

    int[] countByTarget(int tasks) {
        int[] count = new int[tasks];
        for (int i = 0; i < size; i++) {
            count[target(targets[i])]++;
        }
        return count;
    }
}
