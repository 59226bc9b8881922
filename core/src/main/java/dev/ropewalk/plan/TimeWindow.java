package dev.ropewalk.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A time of the week in which a task may start.
///
/// Where the clocks change, a local time that does not exist moves forward by the gap, and one that
/// exists twice is the earlier of the two. A window that this leaves empty does not open on that day.
///
/// @param days on which it begins, Monday first; it may end on the day after
/// @param from when it opens
/// @param to when it closes, that time excluded; if it is not after `from`, on the next day
public record TimeWindow(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public TimeWindow {
        days = days.stream().distinct().sorted().toList();
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(zone, "zone");
    }

    /// The first time at or after `at` in which one of `windows` is open; empty if there is none within
    /// weeks. Without windows, `at` itself.
    ///
    /// @param at microseconds since 1970, as the answer
    public static Optional<Long> nextOpening(List<TimeWindow> windows, long at) {
        if (windows.isEmpty()) {
            return Optional.of(at);
        }
        return windows.stream()
                .flatMap(window -> window.nextOpening(at).stream())
                .min(Long::compare);
    }

    private Optional<Long> nextOpening(long at) {
        // A window may have opened yesterday; on a day with a gap, none may open; so two weeks are enough.
        LocalDate today = ZonedDateTime.ofInstant(Instant.EPOCH.plus(at, ChronoUnit.MICROS), zone)
                .toLocalDate();
        for (int ahead = -1; ahead <= 15; ahead++) {
            LocalDate day = today.plusDays(ahead);
            if (!days.contains(day.getDayOfWeek())) {
                continue;
            }
            long opens = micros(day, from);
            long closes = micros(to.isAfter(from) ? day : day.plusDays(1), to);
            if (at < closes && opens < closes) {
                return Optional.of(Math.max(at, opens));
            }
        }
        return Optional.empty();
    }

    private long micros(LocalDate day, LocalTime time) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, ZonedDateTime.of(day, time, zone).toInstant());
    }
}
