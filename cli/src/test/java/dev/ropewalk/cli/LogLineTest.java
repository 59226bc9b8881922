package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogLineTest {

    private final String before = System.getProperty("java.util.logging.config.class");

    @AfterEach
    void settings_as_before() {
        if (before == null) {
            System.clearProperty("java.util.logging.config.class");
        }
    }

    @Test
    void a_warning_is_one_line() {
        assertThat(line(Level.WARNING, "No space left\033[2J", null))
                .matches("\\d\\d:\\d\\d:\\d\\d warning No space left\\\\u001b\\[2J\n");
    }

    @Test
    void what_our_own_exceptions_say_is_enough() {
        CommandException ours = new CommandException("CODE", "no such thing", "try another");
        assertThat(line(Level.SEVERE, "It failed", ours)).endsWith(" error It failed: no such thing\n");
        assertThat(line(Level.SEVERE, "It failed: no such thing", ours)).endsWith(" error It failed: no such thing\n");
    }

    @Test
    void a_defect_comes_with_its_place() {
        assertThat(line(Level.SEVERE, "It failed", new IllegalStateException("odd")))
                .contains(
                        "error It failed: java.lang.IllegalStateException: odd\n", "\tat dev.ropewalk.cli.LogLineTest");
    }

    @Test
    void the_JDK_finds_the_settings_by_their_name() throws IOException {
        LogSettings.use();
        assertThat(System.getProperty("java.util.logging.config.class")).isNotNull();
        new LogSettings();
        Logger root = Logger.getLogger("");
        assertThat(root.getLevel()).isEqualTo(Level.WARNING);
        assertThat(root.getHandlers())
                .hasSize(1)
                .extracting(Handler::getFormatter)
                .hasOnlyElementsOfType(LogLine.class);
        assertThat(Logger.getLogger("io.modelcontextprotocol.client").isLoggable(Level.INFO))
                .isFalse();
    }

    private static String line(Level level, String message, Throwable thrown) {
        LogRecord logged = new LogRecord(level, message);
        logged.setThrown(thrown);
        return new LogLine().format(logged);
    }
}
