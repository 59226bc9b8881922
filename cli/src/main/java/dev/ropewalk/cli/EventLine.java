package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.tool.MessageLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// An event or a message as a line for people.
final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int LONGEST = 500;

    private EventLine() {}

    /// `12:00:01 task readme completed 35 ms`
    static String of(ExecutionEvent event) {
        return line(event, event.description(), ran(event));
    }

    /// As [#of(ExecutionEvent)], in other words and with another end.
    static String line(ExecutionEvent event, String what, String end) {
        String who = event.taskId().map(task -> "task " + task + " ").orElse("");
        String code = event.data().get("code") instanceof String text ? " [" + text + "]" : "";
        return PlainText.line("%s %s%s%s%s".formatted(time(event.timestamp()), who, what, code, end), LONGEST);
    }

    /// How long the attempt ran that the event speaks of, with a space before.
    static String ran(ExecutionEvent event) {
        return event.data().get("runMs") instanceof Long millis ? " " + Words.duration(Duration.ofMillis(millis)) : "";
    }

    static Optional<String> of(ExecutionMessage message) {
        if (message.level() == MessageLevel.DEBUG) {
            return Optional.empty();
        }
        return Optional.of(text(message));
    }

    /// `12:00:01 warning readme: cannot read it`
    static String text(ExecutionMessage message) {
        return PlainText.line(
                "%s %s %s%s"
                        .formatted(
                                time(message.timestamp()),
                                message.level().name().toLowerCase(Locale.ROOT),
                                message.taskId().map(task -> task + ": ").orElse(""),
                                message.message().strip()),
                LONGEST);
    }

    static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
