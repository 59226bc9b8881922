package dev.ropewalk.engine;

import java.security.SecureRandom;
import java.util.UUID;

/// Ids that sort by the time at which they were made, to the millisecond.
/// Source: RFC 9562, section 5.7.
final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {}

    static String next(long micros) {
        long millis = micros / 1_000;
        long high = millis << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
