package dev.ropewalk.tool.system.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The header `Retry-After`: seconds, or a date.
///
/// Source: RFC 9110, section 10.2.3.
final class RetryAfter {
    private RetryAfter() {}

    /// @param longest what more is cut to; a server may ask for years
    /// @return empty if the header says nothing that can be understood
    static Optional<Duration> parse(String value, Instant now, Duration longest) {
        String text = value.strip();
        if (text.matches("\\d+")) {
            // Nineteen digits may be more than a long holds, and ten are already 30 years.
            return Optional.of(text.length() > 10 ? longest : cut(Duration.ofSeconds(Long.parseLong(text)), longest));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(cut(Duration.between(now, date), longest));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration cut(Duration delay, Duration longest) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(longest) > 0 ? longest : delay;
    }
}
