package dev.ropewalk.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// Lets warnings and errors of the log through to standard error, a line each. The JDK makes one by its
/// name when something is logged first, so a run that has nothing to log pays nothing.
public final class LogSettings {

    private static final String PROPERTY = "java.util.logging.config.class";

    private static final String SETTINGS = """
            handlers = java.util.logging.ConsoleHandler
            .level = WARNING
            java.util.logging.ConsoleHandler.level = WARNING
            java.util.logging.ConsoleHandler.formatter = dev.ropewalk.cli.LogLine
            """;

    /// @throws IOException never, as it reads from memory
    public LogSettings() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// Unless whoever starts the program says otherwise.
    static void use() {
        if (System.getProperty(PROPERTY) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(PROPERTY, LogSettings.class.getName());
        }
    }
}
