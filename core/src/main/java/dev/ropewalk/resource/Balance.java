package dev.ropewalk.resource;

/// What a rate or a budget remembers beyond the process, as the ledger encodes it.
///
/// @param key names the rate or the budget for good
/// @param bytes empty if there is nothing to remember any more
public record Balance(String key, byte[] bytes) {}
