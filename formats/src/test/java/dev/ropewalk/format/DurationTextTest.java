package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "250ms, PT0.25S",
        "2d, PT48H",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "1.5h, PT1H30M",
        "0.5s, PT0.5S",
        "0s, PT0S",
        "90m, PT1H30M",
        "1m30s, PT1M30S",
        "PT30S, PT30S",
        "P1DT12H, PT36H",
        "PT0.5S, PT0.5S",
        "999999999999d, PT23999999999976H"
    })
    void durations_are_written_as_people_or_iso_8601_do(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "30 s",
                " 30s",
                "s",
                "-1s",
                "+1s",
                "1s1s",
                "1s1m",
                "1m30",
                "1.s",
                ".5s",
                "1..5s",
                "1,5s",
                "1e3s",
                "5 minutes",
                "1w",
                "1y",
                "30S",
                "30sec",
                "PT",
                "P",
                "P1W",
                "P-1D",
                "pt30s",
                "PT30",
                "PT30S ",
                "PT1.5H",
                "P1Y",
                "99999999999999999999d",
                "12345678901234567890123456789012345678901s",
                "٣s",
                "∞"
            })
    void anything_else_is_refused(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
