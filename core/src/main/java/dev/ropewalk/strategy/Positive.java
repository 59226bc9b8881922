package dev.ropewalk.strategy;

import java.time.Duration;

/// Durations that strategies are made with.
final class Positive {

    private Positive() {}

    static void check(String what, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("%s is %s; it must be longer than zero".formatted(what, duration));
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
