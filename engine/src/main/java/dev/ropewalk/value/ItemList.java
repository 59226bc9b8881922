package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// The list over which a `forEach` runs, read an item at a time.
///
/// Each item's attempt needs its own item only. Reading the whole list for each of them would take
/// time with the square of its length, so the first that asks finds out where each item begins, and
/// the others read just their part. Forgotten when memory is short, and made anew.
final class ItemList {

    private record Parts(byte[] json, int[] starts) {}

    private final StoredValue list;
    private volatile SoftReference<@Nullable Parts> parts = new SoftReference<>(null);

    ItemList(StoredValue list) {
        this.list = list;
    }

    @Nullable
    Object item(ValueReader reader, int index) {
        Parts known = parts.get();
        if (known == null) {
            byte[] json = reader.bytes(list);
            known = new Parts(json, Json.starts(json));
            parts = new SoftReference<>(known);
        }
        int start = known.starts()[index];
        boolean last = index + 1 == known.starts().length;
        int end = last ? known.json().length : known.starts()[index + 1];
        return Json.read(known.json(), start, lengthWithoutSeparator(known.json(), start, end));
    }

    /// Behind an item come a comma or the end of the list, and space around it.
    private static int lengthWithoutSeparator(byte[] json, int start, int end) {
        int at = end - 1;
        while (json[at] != ',' && json[at] != ']') {
            at--;
        }
        return at - start;
    }
}
