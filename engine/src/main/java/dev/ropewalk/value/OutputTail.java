package dev.ropewalk.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The end of an output as text.
final class OutputTail {

    private static final int MOST_BYTES_A_CHAR = 3;

    private OutputTail() {}

    /// How many bytes from the end surely hold `maxChars` characters.
    static long bytes(int maxChars) {
        return (long) maxChars * MOST_BYTES_A_CHAR + MOST_BYTES_A_CHAR;
    }

    /// At most the last `maxChars` of what `end` gives; a character is never cut in two.
    static String of(InputStream end, int maxChars) throws IOException {
        byte[] bytes = end.readAllBytes();
        int start = 0;
        while (bytes.length > maxChars && start < bytes.length && (bytes[start] & 0xc0) == 0x80) {
            start++;
        }
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        int from = Math.max(0, text.length() - maxChars);
        if (from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }
}
