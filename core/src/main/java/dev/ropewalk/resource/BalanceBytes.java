package dev.ropewalk.resource;

import java.util.Arrays;

/// The bytes of a balance: numbers from 0, seven bits a byte, the lowest first.
final class BalanceBytes {

    private byte[] bytes;
    private int at;

    BalanceBytes() {
        this(new byte[64]);
    }

    BalanceBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    void put(long value) {
        if (bytes.length - at < 10) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, at);
    }

    long take() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at == bytes.length) {
                throw corrupt();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw corrupt();
    }

    /// Takes the version in which the rest is written.
    void expect(int version) {
        long found = take();
        if (found != version) {
            throw new CorruptBalanceException(
                    "written in version %d; this program reads up to %d".formatted(found, version));
        }
    }

    CorruptBalanceException corrupt() {
        return new CorruptBalanceException("byte %d of %d makes no sense".formatted(at, bytes.length));
    }
}
