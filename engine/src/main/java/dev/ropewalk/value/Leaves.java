package dev.ropewalk.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Changes what is at the ends of a value and leaves its shape as it is.
final class Leaves {

    /// @param <X> what it may throw
    @FunctionalInterface
    interface Change<X extends Exception> {
        /// What stands for `leaf`; for a string a string, because it may be the key of a map.
        Object of(Object leaf) throws X;
    }

    private Leaves() {}

    /// A copy of `value`, unmodifiable, with every string, number and other leaf changed, the keys of
    /// maps too. What is nested deeper than can be written anyway stays as it is.
    static <X extends Exception> @Nullable Object change(@Nullable Object value, Change<X> change) throws X {
        return change(value, change, JsonLimits.DEFAULT.maxDepth());
    }

    private static <X extends Exception> @Nullable Object change(@Nullable Object value, Change<X> change, int depth)
            throws X {
        if (value == null || depth < 0) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            SequencedMap<@Nullable Object, @Nullable Object> changed = LinkedHashMap.newLinkedHashMap(map.size());
            for (Map.Entry<?, ?> entry : EntryOrder.of(map).entrySet()) {
                Object key = entry.getKey();
                changed.put(key == null ? null : change.of(key), change(entry.getValue(), change, depth - 1));
            }
            return Collections.unmodifiableSequencedMap(changed);
        }
        if (value instanceof SequencedCollection<?> list) {
            List<@Nullable Object> changed = new ArrayList<>(list.size());
            for (Object item : list) {
                changed.add(change(item, change, depth - 1));
            }
            return Collections.unmodifiableList(changed);
        }
        return change.of(value);
    }
}
