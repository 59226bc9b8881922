package dev.ropewalk.execution;

import java.util.Objects;

/// What an attempt was given of something that others use as well, from its start to its end.
///
/// @param name of the pool, group or lock; empty for tokens and money, which are reserved once however
///     many limits they count against
/// @param amount of a pool in thousandths of its unit, tokens, money in millionths of the currency
///     unit; 1 of a group or a lock
public record ResourceGrant(Kind kind, String name, long amount) {

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

    public ResourceGrant {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }
}
