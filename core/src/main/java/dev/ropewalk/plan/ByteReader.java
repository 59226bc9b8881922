package dev.ropewalk.plan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Reads what a [ByteWriter] wrote. Whatever the bytes are, it returns a value or says that they are
/// damaged; what it allocates is bounded by a small multiple of their length.
final class ByteReader {

    private final byte[] bytes;
    private int position;
    private final List<String> texts = new ArrayList<>();

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    CorruptPlanException corrupt(String what) {
        return new CorruptPlanException(
                CorruptPlanException.CORRUPT,
                "the stored plan is damaged: %s, before byte %d of %d".formatted(what, position, bytes.length));
    }

    int oneByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = oneByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw corrupt("a number of more than 64 bits");
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /// A number from 0 to `most`.
    int number(int most, String what) {
        long value = number();
        if (value < 0 || value > most) {
            throw corrupt("%s %s is not from 0 to %d".formatted(what, Long.toUnsignedString(value), most));
        }
        return (int) value;
    }

    /// A number of microseconds or the like, which is never negative.
    long amount(String what) {
        long value = number();
        if (value < 0) {
            throw corrupt(what + " is negative");
        }
        return value;
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | oneByte();
        }
        return value;
    }

    byte[] bytes() {
        int length = number(remaining(), "length");
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    String text() {
        int known = number(texts.size(), "text");
        if (known > 0) {
            return texts.get(known - 1);
        }
        long header = amount("length");
        String text = (header & 1) == 0 ? utf8(header >>> 1) : utf16(header >>> 1);
        texts.add(text);
        return text;
    }

    /// As many values as a number in front says; each takes at least one byte.
    <T> List<T> list(Supplier<T> value) {
        int count = number(remaining(), "count");
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(value.get());
        }
        return list;
    }

    <T> T constant(List<T> codes, String what) {
        return codes.get(number(codes.size() - 1, what));
    }

    void end() {
        if (remaining() > 0) {
            throw corrupt(remaining() + " bytes too many");
        }
    }

    private String utf8(long length) {
        need(length);
        int end = position + (int) length;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, (int) length))
                    .toString();
            position = end;
            return text;
        } catch (CharacterCodingException e) {
            throw corrupt("a text that is not UTF-8");
        }
    }

    private String utf16(long length) {
        need(length > remaining() ? length : length * 2);
        StringBuilder text = new StringBuilder((int) length);
        for (int i = 0; i < length; i++) {
            text.append((char) (oneByte() << 8 | oneByte()));
        }
        return text.toString();
    }

    private void need(long length) {
        if (length > remaining()) {
            throw corrupt("%d bytes are missing".formatted(length - remaining()));
        }
    }

    int remaining() {
        return bytes.length - position;
    }
}
