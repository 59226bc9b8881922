package dev.ropewalk.plan;

/// So much within any stretch of time of this length.
///
/// @param amount in whole units: requests or tokens
/// @param periodMicros the length of the sliding window
public record RateLimit(long amount, long periodMicros) {}
