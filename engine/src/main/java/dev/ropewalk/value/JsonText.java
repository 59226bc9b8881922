package dev.ropewalk.value;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Encodes the text of JSON as UTF-8, escaped where it has to be, into a small buffer before `out`.
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 8192;
    private static final int FIRST_BUFFER = 256;

    /// No character takes more bytes: an escape of two surrogates.
    private static final int MOST_BYTES = 12;

    private final OutputStream out;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int size;

    /// The first half of a character whose second half is expected with the next part; 0 if none is.
    private char half;

    JsonText(OutputStream out) {
        this.out = out;
    }

    void flush() throws IOException {
        out.write(buffer, 0, size);
        size = 0;
    }

    void raw(char ascii) throws IOException {
        room();
        buffer[size++] = (byte) ascii;
    }

    void raw(String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            raw(ascii.charAt(i));
        }
    }

    void string(String value) throws IOException {
        raw('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        endOfParts();
        raw('"');
    }

    /// A key of a map, in which half a character cannot be read back: it becomes U+FFFD.
    void key(String name) throws IOException {
        string(UnpairedSurrogates.replacedIn(name));
    }

    /// A part of a string, of which several may follow each other.
    void part(char[] chars, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            character(chars[i]);
        }
    }

    void endOfParts() throws IOException {
        if (half != 0) {
            room();
            escaped(half);
            half = 0;
        }
    }

    private void character(char c) throws IOException {
        room();
        if (half != 0) {
            char high = half;
            half = 0;
            if (Character.isLowSurrogate(c)) {
                fourBytes(Character.toCodePoint(high, c));
                return;
            }
            escaped(high);
        }
        if (c < 0x80) {
            ascii(c);
        } else if (c < 0x800) {
            put(0xc0 | (c >> 6));
            put(0x80 | (c & 0x3f));
        } else if (Character.isHighSurrogate(c)) {
            half = c;
        } else if (Character.isLowSurrogate(c)) {
            escaped(c);
        } else {
            put(0xe0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3f));
            put(0x80 | (c & 0x3f));
        }
    }

    private void ascii(char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            put(c);
            return;
        }
        char letter = switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
        if (letter == 0) {
            escaped(c);
        } else {
            put('\\');
            put(letter);
        }
    }

    private void escaped(char c) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[(c >> shift) & 0xf]);
        }
    }

    private void fourBytes(int codePoint) {
        put(0xf0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3f));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }

    private void put(int value) {
        buffer[size++] = (byte) value;
    }

    private void room() throws IOException {
        if (buffer.length - size >= MOST_BYTES) {
            return;
        }
        if (buffer.length < BUFFER) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
            flush();
        }
    }
}
