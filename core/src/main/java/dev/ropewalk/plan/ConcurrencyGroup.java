package dev.ropewalk.plan;

import java.util.Objects;
import java.util.Optional;

/// A limit that the tasks of all executions share by its name.
///
/// Where several plans, or a plan and the configuration, declare the same group, the strictest of
/// each limit holds while they are there.
///
/// @param maxConcurrent attempts at once; 0 for any number
/// @param requests attempts started in a time
/// @param tokens tokens used in a time
/// @param adaptive the least and greatest concurrency between which the engine looks for the best
public record ConcurrencyGroup(
        String name,
        int maxConcurrent,
        Optional<RateLimit> requests,
        Optional<RateLimit> tokens,
        Optional<Budget> budget,
        Optional<Adaptive> adaptive) {

    /// The range in which a group's concurrency follows its latency and errors.
    public record Adaptive(int min, int max) {}

    public ConcurrencyGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(adaptive, "adaptive");
    }
}
