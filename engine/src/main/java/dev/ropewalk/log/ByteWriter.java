package dev.ropewalk.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow at their end; kept and used again, so that a frame costs one array of its exact
/// size. Owned by one thread.
final class ByteWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 4 * 1024;

    /// A buffer that a large frame has blown up is not kept.
    private static final int KEPT_CAPACITY = 1024 * 1024;

    /// The value of a lower-case hex digit, or -1.
    private static final byte[] HEX_DIGITS = new byte[128];

    static {
        Arrays.fill(HEX_DIGITS, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX_DIGITS[Character.forDigit(digit, 16)] = (byte) digit;
        }
    }

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    private void reserve(int more) {
        if (bytes.length - length < more) {
            int needed = Math.addExact(length, more);
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }

    /// What was written since the last call; the writer is empty afterwards.
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        clear();
        return taken;
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void writeBytes(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /// Takes back the last byte.
    void dropByte() {
        length--;
    }

    /// The bytes that the hex digits stand for; nothing if they are not all lower-case hex digits.
    ///
    /// @param hex of even length
    /// @return whether they are
    boolean writeHex(String hex) {
        reserve(hex.length() / 2);
        int at = length;
        for (int i = 0; i < hex.length(); i += 2) {
            char high = hex.charAt(i);
            char low = hex.charAt(i + 1);
            int value = (high | low) < 128 ? HEX_DIGITS[high] << 4 | HEX_DIGITS[low] : -1;
            if (value < 0) {
                return false;
            }
            bytes[at++] = (byte) value;
        }
        length = at;
        return true;
    }

    /// Eight bytes, for values that are spread over the whole range.
    void writeFixed(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /// Seven bits a byte, the lowest first; small values are short, negative ones take ten bytes.
    void writeUnsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /// As [#writeUnsigned], with the sign in the lowest bit, so that values near zero are short.
    void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    /// A value that is never negative: an index, a count, a number from 1.
    void writeNatural(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException("%s is %d, must not be negative".formatted(what, value));
        }
        writeUnsigned(value);
    }

    /// The length in bytes and UTF-8. Text that UTF-8 cannot express (a lone surrogate) is written as
    /// UTF-16 and so marked by the lowest bit, because what is read back must equal what was written.
    void writeText(String text) {
        int chars = text.length();
        int start = length;
        writeUnsigned((long) chars << 1);
        reserve(chars);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = start;
                writeWideText(text);
                return;
            }
            bytes[length++] = (byte) c;
        }
    }

    private void writeWideText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean exact = new String(utf8, StandardCharsets.UTF_8).equals(text);
        byte[] encoded = exact ? utf8 : utf16(text);
        writeUnsigned((long) encoded.length << 1 | (exact ? 0 : 1));
        writeBytes(encoded);
    }

    /// By hand, because a charset would replace the lone surrogates.
    private static byte[] utf16(String text) {
        byte[] encoded = new byte[Math.multiplyExact(text.length(), 2)];
        for (int i = 0; i < text.length(); i++) {
            encoded[2 * i] = (byte) (text.charAt(i) >> 8);
            encoded[2 * i + 1] = (byte) text.charAt(i);
        }
        return encoded;
    }
}
