package dev.ropewalk.resource;

/// What an [Autoscaler] sees of a pool.
///
/// @param milliCapacity what it has now, in thousandths of its unit
/// @param milliUsed what attempts hold
/// @param queued tasks that wait for it
/// @param resizedAt when its capacity was last changed, in microseconds since 1970; 0 if it never was
public record PoolLoad(String name, long milliCapacity, long milliUsed, int queued, long resizedAt) {}
