package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                " 7 | PT7S",
                "60 | PT1M",
                "61 | PT1M",
                "1000000000 | PT1M",
                "99999999999999999999999 | PT1M",
                "Fri, 20 Nov 2026 12:00:30 GMT | PT30S",
                "Fri, 20 Nov 2026 11:00:00 GMT | PT0S",
                "Sun, 20 Nov 2039 11:00:00 GMT | PT1M"
            })
    void seconds_and_dates_are_read_and_cut(String header, Duration delay) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofMinutes(1))).contains(delay);
    }

    @Test
    void what_says_nothing_is_no_delay() {
        for (String header : new String[] {"", "soon", "-1", "1.5", "Fri, 99 Nov 2026 12:00:30 GMT"}) {
            assertThat(RetryAfter.parse(header, NOW, Duration.ofMinutes(1))).isEmpty();
        }
    }
}
