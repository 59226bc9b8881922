package dev.ropewalk.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Microseconds since 1970 that never go back while the process lives: the wall clock is read once,
/// then only the monotonic clock moves it.
final class WallClock {

    private final long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final long startNanos = System.nanoTime();

    long micros() {
        return startMicros + (System.nanoTime() - startNanos) / 1_000;
    }
}
