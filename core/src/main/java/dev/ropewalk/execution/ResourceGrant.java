package dev.ropewalk.execution;

import java.util.Objects;

/// What an attempt was given of something that others use as well, from its start to its end.
///
/// @param name of the pool, group or lock; empty for tokens and money, which are reserved once however
///     many limits they count against
/// @param amount of a pool in thousandths of its unit, tokens, money in millionths of the currency
///     unit; 1 of a group or a lock
/// @param type of a pool, else empty
/// @param unit of a pool's amounts, else empty
/// @param microCostPerHour what it costs to hold this amount of a pool for an hour
public record ResourceGrant(Kind kind, String name, long amount, String type, String unit, long microCostPerHour) {

    public enum Kind {
        /// An amount of a pool.
        POOL,
        /// A place in a concurrency group, and a request of its rate.
        GROUP,
        /// A lock that no other attempt holds.
        LOCK,
        /// Tokens that the attempt is thought to use.
        TOKENS,
        /// What the attempt is thought to cost.
        MONEY
    }

    private static final double MICROS_PER_HOUR = 3.6e9;

    public ResourceGrant {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
    }

    /// Of anything but a pool.
    public ResourceGrant(Kind kind, String name, long amount) {
        this(kind, name, amount, "", "", 0);
    }

    /// What it costs to hold it for so long, in millionths of the currency unit.
    public long microCost(long heldMicros) {
        return (long) Math.ceil(microCostPerHour * (heldMicros / MICROS_PER_HOUR));
    }
}
