package dev.ropewalk.value;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// JSON between bytes and plain Java values: `Map` in the order written, `List`, `String`, `Long` or
/// `BigInteger`, `Double` or `BigDecimal`, `Boolean` and `null`.
///
/// What is read is unmodifiable and may be shared. Equal values in equal order give equal bytes. A
/// number that a double cannot hold exactly as written becomes a `BigDecimal`, so no digit is lost
/// between the result of one task and the arguments of the next.
public final class Json {

    private static final JsonReader READER = new JsonReader(JsonLimits.DEFAULT);

    private Json() {}

    /// Reads one value under the default limits.
    ///
    /// @throws ValueException `INVALID_JSON` or `VALUE_TOO_LARGE`; the message says where
    public static @Nullable Object read(byte[] utf8) {
        return READER.read(utf8, 0, utf8.length);
    }

    /// As [#read(byte[])], of a part of the bytes.
    static @Nullable Object read(byte[] utf8, int from, int length) {
        return READER.read(utf8, from, length);
    }

    /// Where in the bytes of a list each of its items begins.
    static int[] starts(byte[] utf8) {
        return READER.starts(utf8);
    }

    /// As [#read(byte[])], of text.
    public static @Nullable Object read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The value's bytes. Beside what [#read] gives it takes all integer and float types, any
    /// collection, enums by name, times and durations in ISO-8601, a JSON payload as it is, and a
    /// tool's output in the place of a string.
    ///
    /// @throws ValueException `INVALID_VALUE` for anything else, naming its path from `result` on
    public static byte[] write(@Nullable Object value) {
        return write(value, "result");
    }

    /// @param root what the path in an error starts with
    public static byte[] write(@Nullable Object value, String root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            write(value, bytes, root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a tool has put out", e);
        }
        return bytes.toByteArray();
    }

    /// Writes without holding the whole in memory; `out` is neither flushed nor closed.
    public static void write(@Nullable Object value, OutputStream out) throws IOException {
        write(value, out, "result");
    }

    public static void write(@Nullable Object value, OutputStream out, String root) throws IOException {
        new JsonWriter(out, JsonLimits.DEFAULT, false).write(value, root);
    }

    /// The SHA-256, in hex, of the value's bytes with the keys of every map sorted.
    public static String digest(@Nullable Object value) {
        MessageDigest sha256 = sha256();
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
        try {
            new JsonWriter(out, JsonLimits.DEFAULT, true).write(value, "arguments");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a tool has put out", e);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
