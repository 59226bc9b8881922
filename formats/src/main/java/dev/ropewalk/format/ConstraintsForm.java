package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.Moment;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Quoted;
import dev.ropewalk.plan.TimeWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads `constraints`, of a task or of the plan.
final class ConstraintsForm {

    private static final SequencedMap<String, OnDeadlineMissed> ON_DEADLINE =
            Words.of(OnDeadlineMissed.values(), action -> action.name().toLowerCase(Locale.ROOT));
    private static final SequencedMap<String, DayOfWeek> DAYS =
            Words.of(DayOfWeek.values(), day -> day.name().substring(0, 3));
    private static final String RANGE = "..";

    private final Form form;

    ConstraintsForm(Form form) {
        this.form = form;
    }

    Constraints read(Fields fields) {
        return fields.find("constraints")
                .flatMap(field -> Fields.of(field, Shapes.CONSTRAINTS, form))
                .map(this::constraints)
                .orElse(Constraints.NONE);
    }

    private Constraints constraints(Fields fields) {
        return new Constraints(
                fields.find("deadline").flatMap(this::moment),
                fields.find("onDeadlineMissed")
                        .flatMap(field -> form.oneOf(ON_DEADLINE, field))
                        .orElse(OnDeadlineMissed.WARN),
                fields.find("notBefore").flatMap(this::moment),
                fields.find("windows").map(this::windows).orElse(List.of()),
                fields.find("exclusive").map(form::texts).orElse(List.of()));
    }

    /// A duration counts from the start of the execution; a date and time has its offset.
    private Optional<Moment> moment(Field field) {
        boolean date = field.node() instanceof Node.Scalar scalar
                && scalar.kind() == Kind.TEXT
                && scalar.text().indexOf('-') > 0;
        return date
                ? form.text(field).flatMap(text -> time(text, field))
                : form.duration(field).map(Moment.AfterStart::new);
    }

    private Optional<Moment> time(String text, Field field) {
        try {
            return Optional.of(new Moment.At(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException _) {
            form.add(
                    field,
                    "INVALID_VALUE",
                    "%s is not a time".formatted(Quoted.of(text)),
                    "write it with its offset, like 2027-03-01T18:00:00+01:00, or as a duration from the start");
            return Optional.empty();
        }
    }

    private List<TimeWindow> windows(Field field) {
        List<TimeWindow> windows = new ArrayList<>();
        for (Field item : form.items(field, "a list of windows belongs here")) {
            Fields.of(item, Shapes.WINDOW, form).flatMap(this::window).ifPresent(windows::add);
        }
        return windows;
    }

    private Optional<TimeWindow> window(Fields fields) {
        List<DayOfWeek> days = fields.find("days").map(this::days).orElse(List.of(DayOfWeek.values()));
        Optional<LocalTime> from =
                fields.require("from", "say when it opens: from: \"22:00\"").flatMap(this::timeOfDay);
        Optional<LocalTime> to =
                fields.require("to", "say when it closes: to: \"06:00\"").flatMap(this::timeOfDay);
        Optional<ZoneId> zone =
                fields.require("zone", "say where: zone: Europe/Berlin").flatMap(this::zone);
        return from.isPresent() && to.isPresent() && zone.isPresent()
                ? Optional.of(new TimeWindow(days, from.get(), to.get(), zone.get()))
                : Optional.empty();
    }

    private List<DayOfWeek> days(Field field) {
        List<DayOfWeek> days = new ArrayList<>();
        List<Field> items =
                field.node() instanceof Node.Scalar ? List.of(field) : form.items(field, "a list of days belongs here");
        for (Field item : items) {
            form.text(item).ifPresent(text -> addDays(text, item, days));
        }
        return days;
    }

    private void addDays(String text, Field field, List<DayOfWeek> days) {
        int range = text.indexOf(RANGE);
        DayOfWeek first = DAYS.get(range < 0 ? text : text.substring(0, range));
        DayOfWeek last = range < 0 ? first : DAYS.get(text.substring(range + RANGE.length()));
        if (first == null || last == null) {
            form.add(
                    field,
                    "INVALID_VALUE",
                    "%s is not a day".formatted(Quoted.of(text)),
                    "one of %s, or a range such as MON..FRI".formatted(String.join(", ", DAYS.keySet())));
            return;
        }
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
    }

    private Optional<LocalTime> timeOfDay(Field field) {
        return form.text(field).flatMap(text -> {
            try {
                return Optional.of(LocalTime.parse(text));
            } catch (DateTimeException _) {
                form.add(
                        field,
                        "INVALID_VALUE",
                        "%s is not a time of day".formatted(Quoted.of(text)),
                        "write it like \"06:00\" or \"22:30:15\"");
                return Optional.empty();
            }
        });
    }

    private Optional<ZoneId> zone(Field field) {
        return form.text(field).flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException _) {
                form.add(
                        field,
                        "INVALID_VALUE",
                        "there is no time zone %s".formatted(Quoted.of(text)),
                        "use a name such as Europe/Berlin, or UTC");
                return Optional.empty();
            }
        });
    }
}
