package dev.ropewalk.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes numbers and texts into a growing array.
///
/// Numbers take seven bits a byte, the lowest first. A text that came before is written as its number,
/// because tools, expressions and the like are repeated in thousands of tasks.
final class ByteWriter {

    private byte[] bytes = new byte[1024];
    private int size;
    private final Map<String, Integer> texts = new HashMap<>();

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void oneByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// A number that may be negative: its sign moves to the lowest bit.
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            oneByte((int) (value >>> shift));
        }
    }

    void bytes(byte[] value) {
        number(value.length);
        raw(value);
    }

    void text(String text) {
        Integer known = texts.putIfAbsent(text, texts.size() + 1);
        if (known != null) {
            number(known);
            return;
        }
        number(0);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // Half a character has no UTF-8; it would come back as a question mark.
        if (utf8.length == text.length() || new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            number((long) utf8.length << 1);
            raw(utf8);
        } else {
            number(((long) text.length() << 1) | 1);
            for (int i = 0; i < text.length(); i++) {
                oneByte(text.charAt(i) >>> 8);
                oneByte(text.charAt(i));
            }
        }
    }

    private void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
        }
    }
}
