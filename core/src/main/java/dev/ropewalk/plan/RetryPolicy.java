package dev.ropewalk.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// When a failed attempt is followed by another.
///
/// The delay before retry `n` (from 1) is `min(maxDelay, delay * backoff^(n-1))`, times a factor drawn
/// evenly from `[1 - jitter, 1 + jitter]`, never more than `maxDelay`.
///
/// @param maxRetries how many reported failures are followed by another attempt, at least 0
/// @param delay before the first retry
/// @param backoff by what each further delay is multiplied, from 1 to 10
/// @param jitter from 0 to 1
/// @param maxDelay the longest delay
/// @param on the error codes that are retried: a code or a prefix that ends in `*`; empty means every
///     failure that its tool calls retryable
/// @param rules what differs for certain codes; the first that matches counts
public record RetryPolicy(
        int maxRetries,
        Duration delay,
        double backoff,
        double jitter,
        Duration maxDelay,
        List<String> on,
        List<Rule> rules) {

    public static final int MAX_RETRIES = 1_000;
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofMinutes(5);

    /// No retry at all.
    public static final RetryPolicy NONE = of(0);

    /// What differs for the error codes in `on`.
    public record Rule(List<String> on, OptionalInt maxRetries, Optional<Duration> delay) {
        public Rule {
            on = List.copyOf(on);
            Objects.requireNonNull(maxRetries, "maxRetries");
            Objects.requireNonNull(delay, "delay");
        }
    }

    public RetryPolicy {
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        on = List.copyOf(on);
        rules = List.copyOf(rules);
    }

    /// With doubling delays from one second and a jitter of a tenth.
    public static RetryPolicy of(int maxRetries) {
        return new RetryPolicy(maxRetries, DEFAULT_DELAY, 2.0, 0.1, DEFAULT_MAX_DELAY, List.of(), List.of());
    }

    /// With this delay before the first retry, and a longest delay that is not shorter.
    public RetryPolicy withDelay(Duration first) {
        return new RetryPolicy(maxRetries, first, backoff, jitter, atLeast(first), on, rules);
    }

    public RetryPolicy withMaxDelay(Duration longest) {
        return new RetryPolicy(maxRetries, delay, backoff, jitter, longest, on, rules);
    }

    public RetryPolicy withBackoff(double factor) {
        return new RetryPolicy(maxRetries, delay, factor, jitter, maxDelay, on, rules);
    }

    public RetryPolicy withJitter(double share) {
        return new RetryPolicy(maxRetries, delay, backoff, share, maxDelay, on, rules);
    }

    /// Only for these error codes.
    public RetryPolicy onlyOn(String... codes) {
        return new RetryPolicy(maxRetries, delay, backoff, jitter, maxDelay, List.of(codes), rules);
    }

    /// With a further rule, after those that it has, and a longest delay that is not shorter than its.
    public RetryPolicy withRule(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        Duration longest = atLeast(rule.delay().orElse(maxDelay));
        return new RetryPolicy(maxRetries, delay, backoff, jitter, longest, on, more);
    }

    private Duration atLeast(Duration one) {
        return maxDelay.compareTo(one) < 0 ? one : maxDelay;
    }
}
