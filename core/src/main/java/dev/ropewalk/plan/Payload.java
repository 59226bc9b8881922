package dev.ropewalk.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A value that the core carries without looking inside: bytes and what they are. Immutable as long as
/// nobody writes into the array that was handed over.
public final class Payload {

    public static final String JSON = "application/json";

    /// The JSON value `null`.
    public static final Payload NULL = json("null");

    /// The JSON value `{}`.
    public static final Payload EMPTY_OBJECT = json("{}");

    private final byte[] bytes;
    private final String contentType;

    private Payload(byte[] bytes, String contentType) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
    }

    /// A payload over `bytes`, which are not copied.
    public static Payload of(byte[] bytes, String contentType) {
        return new Payload(bytes, contentType);
    }

    public static Payload json(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8), JSON);
    }

    /// The bytes themselves, not a copy: read only.
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public String contentType() {
        return contentType;
    }

    /// The bytes read as UTF-8.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && contentType.equals(that.contentType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * contentType.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return contentType + " (" + bytes.length + " bytes)";
    }
}
