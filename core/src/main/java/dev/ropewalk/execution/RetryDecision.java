package dev.ropewalk.execution;

import dev.ropewalk.plan.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Whether and when a failed attempt is followed by another.
final class RetryDecision {

    private static final long MAX_DELAY_MICROS = 365L * 24 * 3600 * 1_000_000;

    private RetryDecision() {}

    /// The delay before the next attempt in microseconds, or empty if the failure is final.
    ///
    /// @param failures how many reported failures there were, this one included
    /// @param random drawn for this retry alone
    static OptionalLong delay(RetryPolicy policy, Failure failure, int failures, long random) {
        if (!failure.retryable()) {
            return OptionalLong.empty();
        }
        RetryPolicy.Rule rule = ruleFor(policy, failure.code());
        int allowed = rule == null ? policy.maxRetries() : rule.maxRetries().orElse(policy.maxRetries());
        boolean covered = rule != null || policy.on().isEmpty() || matches(policy.on(), failure.code());
        if (!covered || failures > allowed) {
            return OptionalLong.empty();
        }
        double base = micros(rule == null ? policy.delay() : rule.delay().orElse(policy.delay()));
        double limit = Math.min(MAX_DELAY_MICROS, micros(policy.maxDelay()));
        double raised = Math.min(limit, base * Math.pow(policy.backoff(), failures - 1.0));
        double unit = (random >>> 11) * 0x1.0p-53;
        double drawn = Math.min(limit, raised * (1 - policy.jitter() + 2 * policy.jitter() * unit));
        return OptionalLong.of(Math.max((long) drawn, Math.min(MAX_DELAY_MICROS, failure.retryAfterMicros())));
    }

    private static RetryPolicy.@Nullable Rule ruleFor(RetryPolicy policy, String code) {
        for (RetryPolicy.Rule rule : policy.rules()) {
            if (matches(rule.on(), code)) {
                return rule;
            }
        }
        return null;
    }

    private static boolean matches(List<String> patterns, String code) {
        for (String pattern : patterns) {
            boolean matches = pattern.endsWith("*")
                    ? code.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(code);
            if (matches) {
                return true;
            }
        }
        return false;
    }

    private static double micros(Duration duration) {
        return duration.getSeconds() * 1e6 + duration.getNano() / 1e3;
    }

    /// A value that depends on nothing but its arguments, so that a replayed decision is the same.
    /// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (the
    /// finaliser of SplitMix64).
    static long random(long seed, int task, int generation, int failures) {
        long z = seed + 0x9E3779B97F4A7C15L * (((long) task << 32) ^ ((long) generation << 16) ^ failures);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
