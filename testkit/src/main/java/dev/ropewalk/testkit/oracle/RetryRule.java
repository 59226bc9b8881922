package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.plan.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a retry policy promises: whether a reported failure is followed by another attempt, and within
/// which bounds of time.
final class RetryRule {

    private static final double YEAR_MICROS = 365.0 * 24 * 3600 * 1e6;

    /// @param low, high in microseconds, both included
    record Bounds(long low, long high) {
        boolean contain(long delay) {
            return delay >= low && delay <= high;
        }
    }

    private RetryRule() {}

    /// When the next attempt is due, or empty if there is none.
    ///
    /// @param failures how many were reported, this one included
    static Optional<Bounds> next(RetryPolicy policy, Failure failure, int failures) {
        Optional<RetryPolicy.Rule> rule = policy.rules().stream()
                .filter(each -> names(each.on(), failure.code()))
                .findFirst();
        boolean named = rule.isPresent() || policy.on().isEmpty() || names(policy.on(), failure.code());
        int allowed = policy.maxRetries();
        Duration delay = policy.delay();
        if (rule.isPresent()) {
            allowed = rule.get().maxRetries().orElse(allowed);
            delay = rule.get().delay().orElse(delay);
        }
        if (!failure.retryable() || !named || failures > allowed) {
            return Optional.empty();
        }
        double most = Math.min(YEAR_MICROS, policy.maxDelay().toNanos() / 1e3);
        double even = delay.toNanos() / 1e3;
        for (int n = 1; n < failures; n++) {
            even *= policy.backoff();
        }
        even = Math.min(most, even);
        double low = Math.min(most, even * (1 - policy.jitter()));
        double high = Math.min(most, even * (1 + policy.jitter()));
        return Optional.of(new Bounds(
                Math.max((long) low - 1, failure.retryAfterMicros()),
                Math.max((long) high + 1, failure.retryAfterMicros())));
    }

    private static boolean names(List<String> patterns, String code) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? code.regionMatches(0, pattern, 0, pattern.length() - 1)
                        : code.equals(pattern));
    }
}
