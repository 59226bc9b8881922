package dev.ropewalk.plan;

import java.time.Duration;

/// So much within any stretch of time of this length.
///
/// @param amount in whole units: requests or tokens
/// @param periodMicros the length of the sliding window
public record RateLimit(long amount, long periodMicros) {

    public static RateLimit of(long amount, Duration period) {
        return new RateLimit(amount, period.toNanos() / 1_000);
    }

    /// One that keeps both.
    RateLimit strictest(RateLimit other) {
        return new RateLimit(Math.min(amount, other.amount), Math.max(periodMicros, other.periodMicros));
    }
}
