package dev.ropewalk.execution;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// A set of task indexes as pairs of first and last, so that thousands of tasks that move together
/// cost one small event.
public record TaskRanges(int... bounds) {

    public static TaskRanges of(int task) {
        return new TaskRanges(task, task);
    }

    public void forEach(IntConsumer action) {
        for (int i = 0; i < bounds.length; i += 2) {
            for (int task = bounds[i]; task <= bounds[i + 1]; task++) {
                action.accept(task);
            }
        }
    }

    public int size() {
        int size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskRanges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }

    /// Collects indexes in the order in which they come; neighbours join.
    static final class Builder {
        private int[] bounds = new int[8];
        private int length;

        void add(int task) {
            if (length > 0 && bounds[length - 1] == task - 1) {
                bounds[length - 1] = task;
                return;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, length * 2);
            }
            bounds[length++] = task;
            bounds[length++] = task;
        }

        boolean isEmpty() {
            return length == 0;
        }

        TaskRanges build() {
            return new TaskRanges(Arrays.copyOf(bounds, length));
        }
    }
}
