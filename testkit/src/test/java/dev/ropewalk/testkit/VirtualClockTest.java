package dev.ropewalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VirtualClockTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final VirtualClock clock = new VirtualClock(NOON);
    private final List<String> happened = new ArrayList<>();

    @Test
    void time_stands_still_until_it_is_told_to_pass() {
        assertThat(clock.instant()).isEqualTo(NOON);

        clock.advance(Duration.ofHours(2));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        assertThat(clock.micros()).isEqualTo(NOON.plus(Duration.ofHours(2)).getEpochSecond() * 1_000_000);
    }

    @Test
    void what_becomes_due_happens_at_its_time_and_in_order() {
        clock.in(2_000_000, () -> happened.add("second at " + clock.instant()));
        clock.in(1_000_000, () -> {
            happened.add("first");
            clock.in(500_000, () -> happened.add("in between"));
        });
        clock.in(2_000_000, () -> happened.add("third"));
        clock.in(9_000_000, () -> happened.add("too late"));

        clock.advance(Duration.ofSeconds(8));

        assertThat(happened).containsExactly("first", "in between", "second at 2026-01-01T12:00:02Z", "third");
        assertThat(clock.nextDue()).isEqualTo(clock.micros() + 1_000_000);
    }

    @Test
    void what_was_due_before_happens_at_once() {
        clock.at(0, () -> happened.add("now"));

        assertThat(clock.runNext()).isTrue();
        assertThat(happened).containsExactly("now");
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.runNext()).isFalse();
        assertThat(clock.nextDue()).isEqualTo(Long.MAX_VALUE);
    }
}
