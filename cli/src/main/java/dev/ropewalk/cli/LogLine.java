package dev.ropewalk.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// A record of the log as a line for people: `12:00:01 warning No space left …`. What our own
/// exceptions say is enough; others are defects, and come with where they were thrown.
public final class LogLine extends Formatter {

    private static final int LONGEST = 1_000;

    /// Made by the JDK, by its name.
    public LogLine() {}

    @Override
    public String format(LogRecord record) {
        Throwable thrown = record.getThrown();
        String reason = thrown == null || formatMessage(record).contains(String.valueOf(thrown.getMessage()))
                ? ""
                : ": " + (isOurs(thrown) ? thrown.getMessage() : thrown.toString());
        String line = "%s %s %s%s"
                .formatted(
                        EventLine.time(Instant.ofEpochMilli(record.getMillis())),
                        word(record.getLevel()),
                        formatMessage(record),
                        reason);
        return PlainText.line(line, LONGEST) + "\n" + (thrown == null || isOurs(thrown) ? "" : trace(thrown));
    }

    private static String word(Level level) {
        return level.equals(Level.SEVERE) ? "error" : level.getName().toLowerCase(Locale.ROOT);
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown.getClass().getName().startsWith("dev.ropewalk.");
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return PlainText.of(trace.toString());
    }
}
