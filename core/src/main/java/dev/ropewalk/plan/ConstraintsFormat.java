package dev.ropewalk.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How constraints are stored within a plan.
final class ConstraintsFormat {

    private static final int DEADLINE = 1;
    private static final int NOT_BEFORE = 1 << 1;
    private static final int WINDOWS = 1 << 2;
    private static final int EXCLUSIVE = 1 << 3;
    private static final int ALL = (1 << 4) - 1;

    private static final int AFTER_START = 0;
    private static final int AT = 1;

    private static final List<OnDeadlineMissed> ON_DEADLINE =
            List.of(OnDeadlineMissed.WARN, OnDeadlineMissed.FAIL, OnDeadlineMissed.ESCALATE);

    /// Times further away than some thousand years are not from a plan.
    private static final long MAX_SECONDS = 100_000_000_000L;

    private static final int DAYS = (1 << (DayOfWeek.SUNDAY.getValue() + 1)) - 1;

    private ConstraintsFormat() {}

    static void write(Constraints constraints, ByteWriter out) {
        out.number(flag(constraints.deadline().isPresent(), DEADLINE)
                | flag(constraints.notBefore().isPresent(), NOT_BEFORE)
                | flag(!constraints.windows().isEmpty(), WINDOWS)
                | flag(!constraints.exclusive().isEmpty(), EXCLUSIVE));
        out.number(ON_DEADLINE.indexOf(constraints.onDeadlineMissed()));
        constraints.deadline().ifPresent(moment -> write(moment, out));
        constraints.notBefore().ifPresent(moment -> write(moment, out));
        if (!constraints.windows().isEmpty()) {
            out.number(constraints.windows().size());
            constraints.windows().forEach(window -> write(window, out));
        }
        if (!constraints.exclusive().isEmpty()) {
            out.number(constraints.exclusive().size());
            constraints.exclusive().forEach(out::text);
        }
    }

    private static int flag(boolean present, int bit) {
        return present ? bit : 0;
    }

    private static void write(Moment moment, ByteWriter out) {
        switch (moment) {
            case Moment.AfterStart(Duration delay) -> write(AFTER_START, delay.getSeconds(), delay.getNano(), out);
            case Moment.At(Instant time) -> write(AT, time.getEpochSecond(), time.getNano(), out);
        }
    }

    private static void write(int kind, long seconds, int nanos, ByteWriter out) {
        out.oneByte(kind);
        out.signed(seconds);
        out.number(nanos);
    }

    private static void write(TimeWindow window, ByteWriter out) {
        int days = 0;
        for (DayOfWeek day : window.days()) {
            days |= 1 << day.getValue();
        }
        out.number(days);
        out.number(window.from().toNanoOfDay());
        out.number(window.to().toNanoOfDay());
        out.text(window.zone().getId());
    }

    static Constraints read(ByteReader in) {
        int has = in.number(ALL, "constraints");
        OnDeadlineMissed onDeadlineMissed = in.constant(ON_DEADLINE, "onDeadlineMissed");
        Optional<Moment> deadline = (has & DEADLINE) != 0 ? Optional.of(moment(in)) : Optional.empty();
        Optional<Moment> notBefore = (has & NOT_BEFORE) != 0 ? Optional.of(moment(in)) : Optional.empty();
        List<TimeWindow> windows = (has & WINDOWS) != 0 ? in.list(() -> window(in)) : List.of();
        List<String> exclusive = (has & EXCLUSIVE) != 0 ? in.list(in::text) : List.of();
        return new Constraints(deadline, onDeadlineMissed, notBefore, windows, exclusive);
    }

    private static Moment moment(ByteReader in) {
        int kind = in.number(AT, "kind of time");
        long seconds = in.signed();
        int nanos = in.number(999_999_999, "nanoseconds");
        if (Math.abs(seconds) > MAX_SECONDS) {
            throw in.corrupt("a time that is thousands of years away");
        }
        return kind == AT
                ? new Moment.At(Instant.ofEpochSecond(seconds, nanos))
                : new Moment.AfterStart(Duration.ofSeconds(seconds, nanos));
    }

    private static TimeWindow window(ByteReader in) {
        int mask = in.number(DAYS, "days");
        List<DayOfWeek> days = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if ((mask & 1 << day.getValue()) != 0) {
                days.add(day);
            }
        }
        LocalTime from = time(in);
        LocalTime to = time(in);
        String zone = in.text();
        try {
            return new TimeWindow(days, from, to, ZoneId.of(zone));
        } catch (DateTimeException _) {
            throw in.corrupt("there is no time zone " + Quoted.of(zone));
        }
    }

    private static LocalTime time(ByteReader in) {
        long nanos = in.amount("time of day");
        if (nanos > LocalTime.MAX.toNanoOfDay()) {
            throw in.corrupt("a time of day beyond its end");
        }
        return LocalTime.ofNanoOfDay(nanos);
    }
}
