package dev.ropewalk.format.cel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts elements into the order of their keys; equal keys keep their order.
final class Sorting {

    private record Keyed(@Nullable Object key, @Nullable Object element) {}

    private Sorting() {}

    static List<@Nullable Object> by(List<?> elements, List<? extends @Nullable Object> keys, Run run) {
        run.spend(elements.size());
        List<Keyed> keyed = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            keyed.add(new Keyed(keys.get(i), elements.get(i)));
        }
        keyed.sort((a, b) -> Values.compare(a.key(), b.key(), run));
        return Made.list(keyed.stream().map(Keyed::element).toArray());
    }
}
