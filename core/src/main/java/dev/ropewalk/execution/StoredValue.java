package dev.ropewalk.execution;

import dev.ropewalk.plan.Payload;
import java.util.Arrays;
import java.util.Objects;

/// A value as the log holds it.
public sealed interface StoredValue {

    StoredValue NULL = new Inline(Payload.NULL);

    /// The value itself.
    record Inline(Payload payload) implements StoredValue {
        public Inline {
            Objects.requireNonNull(payload, "payload");
        }
    }

    /// Kept out of line, because it is large.
    ///
    /// @param origin the id of the execution that wrote it
    /// @param blob names it within the store
    /// @param size bytes as stored
    /// @param sha256 of the bytes as stored
    record External(String origin, String blob, long size, byte[] sha256, String contentType, String encoding)
            implements StoredValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof External that
                    && origin.equals(that.origin)
                    && blob.equals(that.blob)
                    && size == that.size
                    && Arrays.equals(sha256, that.sha256)
                    && contentType.equals(that.contentType)
                    && encoding.equals(that.encoding);
        }

        @Override
        public int hashCode() {
            return Objects.hash(origin, blob, size, Arrays.hashCode(sha256));
        }

        @Override
        public String toString() {
            return contentType + " in blob " + blob + " (" + size + " bytes)";
        }
    }

    /// The list of the results of a `forEach`'s items, in order; put together when it is read, so
    /// that no result is stored twice.
    record Collected() implements StoredValue {}
}
