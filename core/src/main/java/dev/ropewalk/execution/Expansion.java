package dev.ropewalk.execution;

import java.util.Arrays;

/// The items of one `forEach`: `count` times its patterns, at consecutive indexes from `first`.
///
/// @param owner the index of the `forEach` task
/// @param patterns the indexes of its patterns, ascending
/// @param first the index of the first item's first task
/// @param generation of the owner when it expanded
public record Expansion(int owner, int[] patterns, int first, int count, int generation, StoredValue items) {

    int end() {
        return first + count * patterns.length;
    }

    boolean contains(int task) {
        return task >= first && task < end();
    }

    public int item(int task) {
        return (task - first) / patterns.length;
    }

    public int pattern(int task) {
        return patterns[(task - first) % patterns.length];
    }

    /// The task that runs `pattern` for `item`.
    public int task(int item, int pattern) {
        int k = Arrays.binarySearch(patterns, pattern);
        if (k < 0) {
            throw new IllegalArgumentException("task " + pattern + " is not a pattern of task " + owner);
        }
        return first + item * patterns.length + k;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expansion that
                && owner == that.owner
                && first == that.first
                && count == that.count
                && generation == that.generation
                && Arrays.equals(patterns, that.patterns)
                && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return 31 * owner + first;
    }
}
