package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.StoreReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads recorded values, wherever they are kept. Safe for use by several threads.
///
/// Every method may throw a [dev.ropewalk.store.StoreException]: what was stored is gone or damaged.
public final class ValueReader {

    private final StoreReader store;
    private final ValueLimits limits;
    private final ParsedValues parsed = new ParsedValues();

    public ValueReader(StoreReader store, ValueLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /// The value, unmodifiable.
    ///
    /// @throws ValueException `VALUE_TOO_LARGE` if it is larger than what may be read at once
    public @Nullable Object read(StoredValue value) {
        if (value.equals(StoredValue.NULL)) {
            return null;
        }
        return parsed.get(value, () -> bytes(value));
    }

    /// As [#read(StoredValue)]; the items' results become a list.
    public @Nullable Object read(Recorded recorded) {
        return switch (recorded) {
            case Recorded.Unfinished _ -> null;
            case Recorded.Single single -> read(single.value());
            case Recorded.Several several -> list(several);
        };
    }

    /// The value's JSON.
    byte[] bytes(StoredValue value) {
        checkSize(size(value));
        return switch (value) {
            case StoredValue.Inline(Payload payload) -> json(payload);
            case StoredValue.External external -> blob(external);
            case StoredValue.Collected _ -> throw notCollected();
        };
    }

    /// Copies the recorded JSON, of any size, byte by byte as it was recorded.
    public void copyTo(StoredValue value, OutputStream out) throws IOException {
        switch (value) {
            case StoredValue.Inline(Payload payload) -> out.write(json(payload));
            case StoredValue.External external -> {
                try (InputStream in = store.blob(reference(external))) {
                    in.transferTo(out);
                }
            }
            case StoredValue.Collected _ -> throw notCollected();
        }
    }

    /// As [#copyTo(StoredValue, OutputStream)]; the items' results become a list.
    public void copyTo(Recorded recorded, OutputStream out) throws IOException {
        switch (recorded) {
            case Recorded.Unfinished _ -> copyTo(StoredValue.NULL, out);
            case Recorded.Single single -> copyTo(single.value(), out);
            case Recorded.Several several -> copyTo(several.items(), several.pattern(), out);
        }
    }

    private void copyTo(ItemResults items, int pattern, OutputStream out) throws IOException {
        List<String> ids = items.ids();
        out.write('[');
        for (int item = 0; item < items.count(); item++) {
            if (item > 0) {
                out.write(',');
            }
            if (pattern >= 0 || ids.isEmpty()) {
                copyTo(items.value(item, Math.max(0, pattern)), out);
                continue;
            }
            char separator = '{';
            for (int k = 0; k < ids.size(); k++) {
                out.write(separator);
                Json.write(ids.get(k), out);
                out.write(':');
                copyTo(items.value(item, k), out);
                separator = ',';
            }
            out.write('}');
        }
        out.write(']');
    }

    private List<@Nullable Object> list(Recorded.Several several) {
        ItemResults items = several.items();
        checkSize(size(several));
        List<@Nullable Object> list = new ArrayList<>(items.count());
        for (int item = 0; item < items.count(); item++) {
            boolean one = several.pattern() >= 0 || items.ids().isEmpty();
            list.add(one ? read(items.value(item, Math.max(0, several.pattern()))) : entry(items, item));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, @Nullable Object> entry(ItemResults items, int item) {
        SequencedMap<String, @Nullable Object> entry = new LinkedHashMap<>();
        for (int k = 0; k < items.ids().size(); k++) {
            entry.put(items.ids().get(k), read(items.value(item, k)));
        }
        return Collections.unmodifiableSequencedMap(entry);
    }

    private static long size(Recorded.Several several) {
        ItemResults items = several.items();
        long size = 0;
        for (int item = 0; item < items.count(); item++) {
            if (several.pattern() >= 0) {
                size += size(items.value(item, several.pattern()));
            } else {
                for (int k = 0; k < Math.max(1, items.ids().size()); k++) {
                    size += size(items.value(item, k));
                }
            }
        }
        return size;
    }

    private static long size(StoredValue value) {
        return switch (value) {
            case StoredValue.Inline(Payload payload) -> payload.size();
            case StoredValue.External external -> external.size();
            case StoredValue.Collected _ -> throw notCollected();
        };
    }

    private void checkSize(long size) {
        if (size > limits.maxReadBytes()) {
            throw new ValueException(
                    ValueException.VALUE_TOO_LARGE,
                    "it has %d bytes and at most %d are read at once; let the task return less, or write to a file and return its path"
                            .formatted(size, limits.maxReadBytes()));
        }
    }

    private static byte[] json(Payload payload) {
        if (!payload.contentType().equals(Payload.JSON)) {
            throw new ValueException(
                    ValueException.INVALID_JSON, "it is %s, not JSON".formatted(payload.contentType()));
        }
        return payload.bytes();
    }

    private byte[] blob(StoredValue.External value) {
        // To the end, where a store says whether these are the bytes that were written.
        try (InputStream in = store.blob(reference(value))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read blob " + value.blob(), e);
        }
    }

    private static BlobRef reference(StoredValue.External value) {
        if (!value.contentType().equals(Payload.JSON) || !value.encoding().equals(BlobRef.IDENTITY)) {
            throw new ValueException(
                    ValueException.INVALID_JSON,
                    "it is %s, encoded as %s, not JSON".formatted(value.contentType(), value.encoding()));
        }
        return BlobRefs.of(value);
    }

    private static IllegalStateException notCollected() {
        return new IllegalStateException("the results of items are put together on the loop, see InputCollector");
    }
}
