package dev.ropewalk.plan;

/// How tasks of the same tool are put together into one call.
///
/// @param maxSize how many tasks a call takes at most, at least 2
/// @param maxWaitMicros how long a ready task waits for others
public record BatchPolicy(int maxSize, long maxWaitMicros) {}
