package dev.ropewalk.log;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteWriter] wrote. Trusts nothing: whatever the bytes are, it returns a value or says
/// that they are damaged, and never allocates more than a small multiple of their length.
final class ByteReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    int position() {
        return position;
    }

    StoreException corrupt(String what) {
        return new StoreException(Kind.CORRUPT, "%s, before byte %d of %d".formatted(what, position, bytes.length));
    }

    int readByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    byte[] readBytes(int length) {
        need(length);
        byte[] read = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return read;
    }

    long readFixed() {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw corrupt("a number longer than 64 bits");
    }

    long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long readNatural(String what) {
        long value = readUnsigned();
        if (value < 0) {
            throw corrupt(what + " is negative");
        }
        return value;
    }

    /// An int that is never negative.
    int readInt(String what) {
        long value = readUnsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw corrupt(what + " is not a number from 0 to 2^31-1");
        }
        return (int) value;
    }

    /// How many items follow, of which each takes at least `least` bytes.
    int readCount(int least, String what) {
        int count = readInt(what);
        if ((long) count * least > bytes.length - position) {
            throw corrupt("%d %s, but %d bytes are left".formatted(count, what, bytes.length - position));
        }
        return count;
    }

    String readText() {
        long header = readUnsigned();
        long length = header >>> 1;
        if (length > bytes.length - position) {
            throw corrupt("a text of %d bytes, but %d are left".formatted(length, bytes.length - position));
        }
        int from = position;
        position += (int) length;
        return (header & 1) == 0 ? utf8(from, (int) length) : utf16(from, (int) length);
    }

    private String utf8(int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StoreException(Kind.CORRUPT, "malformed UTF-8 at byte " + from, e);
        }
    }

    private String utf16(int from, int length) {
        if ((length & 1) != 0) {
            throw corrupt("UTF-16 of an odd number of bytes");
        }
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[from + 2 * i] << 8 | (bytes[from + 2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    private void need(int length) {
        if (length > bytes.length - position) {
            throw corrupt("%d bytes are needed, but %d are left".formatted(length, bytes.length - position));
        }
    }
}
