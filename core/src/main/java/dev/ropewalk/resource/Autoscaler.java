package dev.ropewalk.resource;

/// Decides how much capacity a pool should have. Whoever calls it resizes the pool, and starts or ends
/// what stands behind it.
///
/// Implementations are pure: the same load at the same time gets the same answer.
@FunctionalInterface
public interface Autoscaler {

    /// The capacity that the pool should have, in thousandths of its unit; the one that it has if it
    /// should stay as it is.
    ///
    /// @param now microseconds since 1970
    long desired(PoolLoad load, long now);
}
