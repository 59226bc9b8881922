package dev.ropewalk.plan;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;

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
    public record Adaptive(int min, int max) {
        Adaptive narrowest(Adaptive other) {
            int most = Math.min(max, other.max);
            return new Adaptive(Math.min(most, Math.max(min, other.min)), most);
        }
    }

    public ConcurrencyGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(adaptive, "adaptive");
    }

    /// A group whose limits follow.
    public static ConcurrencyGroup named(String name) {
        return new ConcurrencyGroup(name, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public ConcurrencyGroup withMaxConcurrent(int attempts) {
        return new ConcurrencyGroup(name, attempts, requests, tokens, budget, adaptive);
    }

    public ConcurrencyGroup withRequests(long limit, Duration per) {
        return new ConcurrencyGroup(
                name, maxConcurrent, Optional.of(RateLimit.of(limit, per)), tokens, budget, adaptive);
    }

    public ConcurrencyGroup withTokens(long limit, Duration per) {
        return new ConcurrencyGroup(
                name, maxConcurrent, requests, Optional.of(RateLimit.of(limit, per)), budget, adaptive);
    }

    public ConcurrencyGroup withBudget(Budget value) {
        return new ConcurrencyGroup(name, maxConcurrent, requests, tokens, Optional.of(value), adaptive);
    }

    public ConcurrencyGroup withAdaptive(int min, int max) {
        return new ConcurrencyGroup(name, maxConcurrent, requests, tokens, budget, Optional.of(new Adaptive(min, max)));
    }

    /// What holds while both declare the same group: of each limit the smaller, of rates with different
    /// periods the smaller amount in the longer period. Of budgets that are counted differently, this
    /// group's.
    public ConcurrencyGroup strictest(ConcurrencyGroup other) {
        return new ConcurrencyGroup(
                name,
                maxConcurrent == 0 || other.maxConcurrent == 0
                        ? Math.max(maxConcurrent, other.maxConcurrent)
                        : Math.min(maxConcurrent, other.maxConcurrent),
                both(requests, other.requests, RateLimit::strictest),
                both(tokens, other.tokens, RateLimit::strictest),
                both(budget, other.budget, Budget::strictest),
                both(adaptive, other.adaptive, Adaptive::narrowest));
    }

    private static <T> Optional<T> both(Optional<T> one, Optional<T> other, BinaryOperator<T> strictest) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(strictest.apply(one.get(), other.get()))
                : one.or(() -> other);
    }
}
