package dev.ropewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeWindowTest {

    private static final List<DayOfWeek> EVERY_DAY = List.of(DayOfWeek.values());

    private static TimeWindow berlin(List<DayOfWeek> days, String from, String to) {
        return new TimeWindow(days, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of("Europe/Berlin"));
    }

    private static String next(String at, TimeWindow... windows) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at));
        return TimeWindow.nextOpening(List.of(windows), micros)
                .map(next -> Instant.EPOCH.plus(next, ChronoUnit.MICROS).toString())
                .orElse("never");
    }

    @Test
    void inside_a_window_it_is_now() {
        assertThat(next("2026-06-01T10:00:00Z", berlin(EVERY_DAY, "12:00", "13:00")))
                .isEqualTo("2026-06-01T10:00:00Z");
        assertThat(next("2026-06-01T10:59:59.999999Z", berlin(EVERY_DAY, "12:00", "13:00")))
                .isEqualTo("2026-06-01T10:59:59.999999Z");
        assertThat(next("2026-06-01T10:00:00Z")).isEqualTo("2026-06-01T10:00:00Z");
    }

    @Test
    void outside_it_is_the_next_opening_of_any() {
        assertThat(next("2026-06-01T11:00:00Z", berlin(EVERY_DAY, "12:00", "13:00")))
                .isEqualTo("2026-06-02T10:00:00Z");
        assertThat(next(
                        "2026-06-01T11:00:00Z",
                        berlin(EVERY_DAY, "12:00", "13:00"),
                        berlin(List.of(DayOfWeek.MONDAY), "20:00", "20:01")))
                .isEqualTo("2026-06-01T18:00:00Z");
    }

    @Test
    void a_window_over_midnight_belongs_to_the_day_on_which_it_begins() {
        TimeWindow fridays = berlin(List.of(DayOfWeek.FRIDAY), "22:00", "06:00");

        assertThat(next("2026-06-06T03:59:00Z", fridays)).isEqualTo("2026-06-06T03:59:00Z");
        assertThat(next("2026-06-06T04:00:00Z", fridays)).isEqualTo("2026-06-12T20:00:00Z");
        assertThat(next("2026-06-05T03:00:00Z", fridays)).isEqualTo("2026-06-05T20:00:00Z");
    }

    @Test
    void one_that_closes_when_it_opens_is_open_all_day() {
        assertThat(next("2026-06-05T03:00:00Z", berlin(List.of(DayOfWeek.SATURDAY), "08:00", "08:00")))
                .isEqualTo("2026-06-06T06:00:00Z");
        assertThat(next("2026-06-07T05:59:00Z", berlin(List.of(DayOfWeek.SATURDAY), "08:00", "08:00")))
                .isEqualTo("2026-06-07T05:59:00Z");
    }

    @Test
    void a_time_that_the_clocks_skip_moves_forward_by_the_gap() {
        // On 2026-03-29 at 02:00 it becomes 03:00.
        assertThat(next("2026-03-28T23:00:00Z", berlin(EVERY_DAY, "02:30", "04:00")))
                .isEqualTo("2026-03-29T01:30:00Z");
        assertThat(next("2026-03-29T01:59:59Z", berlin(EVERY_DAY, "01:00", "04:00")))
                .isEqualTo("2026-03-29T01:59:59Z");
        assertThat(next("2026-03-29T02:00:00Z", berlin(EVERY_DAY, "01:00", "04:00")))
                .isEqualTo("2026-03-29T23:00:00Z");
    }

    @Test
    void a_window_that_the_gap_leaves_empty_does_not_open_that_day() {
        assertThat(next("2026-03-28T23:00:00Z", berlin(EVERY_DAY, "02:30", "03:15")))
                .isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void a_time_that_comes_twice_is_the_earlier() {
        // On 2026-10-25 at 03:00 it becomes 02:00.
        assertThat(next("2026-10-24T22:00:00Z", berlin(EVERY_DAY, "02:30", "04:00")))
                .isEqualTo("2026-10-25T00:30:00Z");
        assertThat(next("2026-10-25T00:31:00Z", berlin(EVERY_DAY, "02:00", "02:30")))
                .isEqualTo("2026-10-26T01:00:00Z");
    }

    @Test
    void without_a_day_it_never_opens() {
        assertThat(next("2026-06-05T03:00:00Z", berlin(List.of(), "08:00", "09:00")))
                .isEqualTo("never");
    }
}
