package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers the last values that were read, because the items of a `forEach` tend to read the same
/// ones. Bounded; safe for use by several threads.
final class ParsedValues {

    /// Reading less than this again costs less than remembering it.
    private static final int WORTH_IT = 1024;

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private record Parsed(int bytes, Optional<Object> value) {}

    private final Map<Object, Parsed> values = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    @Nullable
    Object get(StoredValue stored, Supplier<byte[]> json) {
        Object key = key(stored);
        Parsed known = find(key);
        if (known != null) {
            return known.value().orElse(null);
        }
        byte[] text = json.get();
        Object value = Json.read(text);
        if (text.length >= WORTH_IT && text.length <= MAX_BYTES / 4) {
            keep(key, new Parsed(text.length, Optional.ofNullable(value)));
        }
        return value;
    }

    /// Comparing what is inline would take longer than reading it: there the object itself counts.
    private static Object key(StoredValue stored) {
        return switch (stored) {
            case StoredValue.Inline inline -> new Same(inline);
            case StoredValue.External external -> external;
            case StoredValue.Collected collected -> collected;
        };
    }

    private synchronized @Nullable Parsed find(Object key) {
        return values.get(key);
    }

    private synchronized void keep(Object key, Parsed parsed) {
        Parsed before = values.put(key, parsed);
        bytes += parsed.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Parsed> oldest = values.values().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private record Same(Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Same(Object that) && value == that;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }
}
