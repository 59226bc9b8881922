package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Makes a value ready to be recorded: small ones inline, large ones written to the store and synced
/// before this returns. Safe for use by several threads.
public final class ValueWriter {

    private final Store store;
    private final ValueLimits limits;

    public ValueWriter(Store store, ValueLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /// @param execution the id of the execution that the value belongs to
    /// @param value as [Json#write(Object)] takes it
    /// @param name what the value is, for errors: `result`, `items`
    /// @throws ValueException `INVALID_VALUE` or `VALUE_TOO_LARGE`
    /// @throws IOException if it cannot be written
    public StoredValue write(String execution, @Nullable Object value, String name) throws IOException {
        return value == null ? StoredValue.NULL : write(execution, name, out -> Json.write(value, out, name));
    }

    /// As [#write(String, Object, String)], for JSON that `source` writes; it may be asked twice.
    StoredValue write(String execution, String name, Store.BlobSource source) throws IOException {
        Inline inline = new Inline(limits.inlineBytes());
        try {
            source.writeTo(inline);
            return new StoredValue.Inline(Payload.of(inline.toByteArray(), Payload.JSON));
        } catch (Full _) {
            // It is large: once more, from the start, to where there is room.
        }
        BlobRef ref = store.writeBlob(
                execution, Payload.JSON, out -> source.writeTo(new Bounded(out, limits.maxResultBytes(), name)));
        return BlobRefs.toValue(ref);
    }

    /// The value is not small.
    private static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final class Inline extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        private final int limit;

        Inline(int limit) {
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] part, int from, int length) throws IOException {
            if (bytes.size() + length > limit) {
                throw new Full();
            }
            bytes.write(part, from, length);
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }

    private static final class Bounded extends OutputStream {
        private final OutputStream out;
        private final long limit;
        private final String name;
        private long size;

        Bounded(OutputStream out, long limit, String name) {
            this.out = out;
            this.limit = limit;
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            size += length;
            if (size > limit) {
                throw new ValueException(
                        ValueException.VALUE_TOO_LARGE,
                        "%s: it has more than %d bytes as JSON; return less, or write to a file and return its path"
                                .formatted(name, limit));
            }
            out.write(bytes, from, length);
        }
    }
}
