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

/// Events and messages as lines for people.
final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int LONGEST = 500;

    /// `12:00:01 task readme completed 35 ms`; empty for events that only programs look at.
    Optional<String> of(ExecutionEvent event) {
        return switch (event.type()) {
            case TASK_QUEUED, TASK_CONDITION_EVALUATED, EXECUTION_ACCEPTED -> Optional.empty();
            default -> Optional.of(line(event));
        };
    }

    private static String line(ExecutionEvent event) {
        String who = event.taskId().map(task -> "task " + task + " ").orElse("");
        String ran =
                event.data().get("runMs") instanceof Long millis ? " " + Words.duration(Duration.ofMillis(millis)) : "";
        return PlainText.line("%s %s%s%s".formatted(time(event.timestamp()), who, what(event), ran), LONGEST);
    }

    private static String what(ExecutionEvent event) {
        String code = event.data().get("code") instanceof String text ? " [" + text + "]" : "";
        return event.description() + code;
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
