package dev.ropewalk.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Checks the numbers and durations of a workflow against the range in which they make sense.
///
/// A value out of range is reported and replaced by one that does no harm, so that the rest of the
/// workflow can still be looked at.
final class Amounts {

    static final Duration MAX_TIMEOUT = Duration.ofDays(365);
    static final Duration MAX_DELAY = Duration.ofDays(30);

    private final Problems problems;

    Amounts(Problems problems) {
        this.problems = problems;
    }

    /// A duration that must be longer than zero, in microseconds; 0 if there is none.
    ///
    /// @param absence what leaving it out means: `no timeout`
    long micros(Optional<Duration> duration, Location at, String absence) {
        if (duration.isEmpty()) {
            return 0;
        }
        Duration value = duration.get();
        if (!value.isPositive()) {
            invalid(at, Quoted.duration(value) + " must be longer than zero", "leave it out for " + absence);
            return 0;
        }
        if (value.compareTo(MAX_TIMEOUT) > 0) {
            invalid(at, Quoted.duration(value) + " is longer than 365 days", "leave it out for " + absence);
            return 0;
        }
        // Less than a microsecond is not nothing, and 0 would mean none.
        return Math.max(1, value.toNanos() / 1_000);
    }

    /// How long to wait, in microseconds; 0 for not at all.
    long lag(Duration lag, Location at) {
        if (lag.isNegative()) {
            invalid(at, Quoted.duration(lag) + " is negative", "leave it out to wait no longer");
            return 0;
        }
        if (lag.compareTo(MAX_TIMEOUT) > 0) {
            invalid(at, Quoted.duration(lag) + " is longer than 365 days", "use a shorter one");
            return 0;
        }
        return lag.isZero() ? 0 : Math.max(1, lag.toNanos() / 1_000);
    }

    int within(OptionalInt value, int least, int most, Location at, int otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        int number = value.getAsInt();
        if (number < least || number > most) {
            invalid(
                    at,
                    Quoted.count(number) + " is not from " + Quoted.count(least) + " to " + Quoted.count(most),
                    "use a number in that range");
            return otherwise;
        }
        return number;
    }

    void retry(RetryPolicy retry, Location at) {
        maxRetries(OptionalInt.of(retry.maxRetries()), at.key("maxRetries"));
        delay(retry.delay(), retry.maxDelay(), at.key("delay"));
        // A longest delay that follows from a delay is reported there.
        boolean implied = retry.maxDelay().equals(retry.delay())
                || retry.rules().stream().anyMatch(rule -> rule.delay().equals(Optional.of(retry.maxDelay())));
        if (!implied) {
            within(retry.maxDelay(), at.key("maxDelay"));
        }
        // Written so that NaN is refused as well.
        if (!(retry.backoff() >= 1 && retry.backoff() <= 10)) {
            invalid(at.key("backoff"), number(retry.backoff()) + " is not from 1 to 10", "use 1 for equal delays");
        }
        if (!(retry.jitter() >= 0 && retry.jitter() <= 1)) {
            invalid(at.key("jitter"), number(retry.jitter()) + " is not from 0 to 1", "use 0 for none");
        }
        for (int i = 0; i < retry.on().size(); i++) {
            errorCode(retry.on().get(i), at.key("on").index(i));
        }
        for (int i = 0; i < retry.rules().size(); i++) {
            rule(retry.rules().get(i), retry.maxDelay(), at.key("rules").index(i));
        }
    }

    int maxRetries(OptionalInt value, Location at) {
        return within(value, 0, RetryPolicy.MAX_RETRIES, at, 0);
    }

    private void rule(RetryPolicy.Rule rule, Duration maxDelay, Location at) {
        if (rule.on().isEmpty()) {
            invalid(at.key("on"), "the rule names no error code", "name the codes for which it holds");
        }
        for (int i = 0; i < rule.on().size(); i++) {
            errorCode(rule.on().get(i), at.key("on").index(i));
        }
        maxRetries(rule.maxRetries(), at.key("maxRetries"));
        rule.delay().ifPresent(delay -> delay(delay, maxDelay, at.key("delay")));
    }

    private void delay(Duration delay, Duration maxDelay, Location at) {
        if (within(delay, at) && delay.compareTo(maxDelay) > 0) {
            invalid(
                    at,
                    "%s is longer than maxDelay, %s".formatted(Quoted.duration(delay), Quoted.duration(maxDelay)),
                    "raise maxDelay, or shorten the delay");
        }
    }

    private boolean within(Duration delay, Location at) {
        if (delay.isNegative()) {
            invalid(at, Quoted.duration(delay) + " is negative", "use 0s for no delay");
        } else if (delay.compareTo(MAX_DELAY) > 0) {
            invalid(at, Quoted.duration(delay) + " is longer than 30 days", "use a shorter one");
        } else {
            return true;
        }
        return false;
    }

    private void errorCode(String code, Location at) {
        String stem = code.endsWith("*") ? code.substring(0, code.length() - 1) : code;
        boolean valid = !code.isEmpty() && code.length() <= 64;
        for (int i = 0; i < stem.length() && valid; i++) {
            char c = stem.charAt(i);
            valid = c < 128 && (Character.isLetterOrDigit(c) || "_-.:".indexOf(c) >= 0);
        }
        if (!valid) {
            invalid(
                    at,
                    Quoted.of(code) + " is not an error code",
                    "use a code such as TIMEOUT, or a prefix such as HTTP_5*");
        }
    }

    private void invalid(Location at, String message, String remedy) {
        problems.add(Problem.INVALID_VALUE, at, message, remedy);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
