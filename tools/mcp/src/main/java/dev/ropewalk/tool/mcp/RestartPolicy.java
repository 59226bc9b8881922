package dev.ropewalk.tool.mcp;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// When a server that failed may be started again: at once after the first failure, then after a delay
/// that doubles with each further one, until a call succeeds. Delays are spread at random, so that many
/// engines, or many tasks of one, do not come back in one wave. Safe for use by several threads.
final class RestartPolicy {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private int failures;
    private long notBefore;

    /// @param nanoTime as [System#nanoTime()]
    RestartPolicy(LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    synchronized void failed() {
        failures++;
        long delay = 0;
        if (failures > 1) {
            long doubled = FIRST.toNanos() << Math.min(failures - 2, 10);
            delay = spread(Math.min(doubled, LONGEST.toNanos()) / 2);
        }
        notBefore = nanoTime.getAsLong() + delay;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /// How long a caller should stay away, different for each; empty if the server may start now.
    synchronized Optional<Duration> delay() {
        long left = failures == 0 ? 0 : notBefore - nanoTime.getAsLong();
        return left <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(spread(left)));
    }

    /// From once to twice the amount.
    private long spread(long nanos) {
        return nanos + (long) (random.nextDouble() * nanos);
    }
}
