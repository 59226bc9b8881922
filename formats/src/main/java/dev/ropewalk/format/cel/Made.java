package dev.ropewalk.format.cel;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists and maps that an expression made, as opposed to those it was given.
///
/// The difference matters at the end: parts may be shared, so that thirty nested expressions of the
/// form `[a, a]` describe a list of a billion elements in no memory. Whoever writes it out would need
/// that memory, so what was made is measured in full before it is handed out. What was given and is
/// handed on as it is needs no measuring.
final class Made {

    private Made() {}

    static List<@Nullable Object> list(@Nullable Object... elements) {
        return new MadeList(elements);
    }

    static Map<String, @Nullable Object> map(SequencedMap<String, @Nullable Object> entries) {
        return new MadeMap(Collections.unmodifiableMap(entries));
    }

    /// Spends what it costs to write out `value`, and refuses numbers that JSON cannot hold.
    static void measure(@Nullable Object value, Run run) {
        if (value instanceof MadeList || value instanceof MadeMap) {
            measureAll(value, run);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw new Failure("the result is %s, which is not a number of JSON".formatted(number));
        }
    }

    /// Spends what it costs to write out `value`, made or given.
    static void measureAll(@Nullable Object value, Run run) {
        run.spend(1);
        switch (value) {
            case String text -> run.spendText(text.length());
            case List<?> list -> list.forEach(element -> measureAll(element, run));
            case Map<?, ?> map ->
                map.forEach((key, element) -> {
                    run.spendText(((String) key).length());
                    measureAll(element, run);
                });
            case null, default -> measure(value, run);
        }
    }

    private static final class MadeList extends AbstractList<@Nullable Object> implements RandomAccess {

        private final @Nullable Object[] elements;

        MadeList(@Nullable Object[] elements) {
            this.elements = elements;
        }

        @Override
        public @Nullable Object get(int index) {
            return elements[index];
        }

        @Override
        public int size() {
            return elements.length;
        }
    }

    private static final class MadeMap extends AbstractMap<String, @Nullable Object> {

        private final Map<String, @Nullable Object> entries;

        MadeMap(Map<String, @Nullable Object> entries) {
            this.entries = entries;
        }

        @Override
        public @Nullable Object get(Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return entries.containsKey(key);
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            return entries.entrySet();
        }
    }
}
