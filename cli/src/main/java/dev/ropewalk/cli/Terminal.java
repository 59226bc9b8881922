package dev.ropewalk.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the command prints, and what the person at the other end can see.
///
/// @param live whether lines may be redrawn: standard error is a terminal
/// @param colour whether colours may be used
/// @param width in characters
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, int width) {

    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    static Terminal detect(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
        String kind = environment.getOrDefault("TERM", "");
        boolean live = terminal && !kind.isEmpty() && !kind.equals("dumb") && !environment.containsKey("CI");
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, live, colour, width(environment.getOrDefault("COLUMNS", ""), live));
    }

    /// Whether standard error goes to a terminal.
    static boolean isErrorShown() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }

    private static int width(String columns, boolean live) {
        try {
            String known = columns.isEmpty() && live ? askedWidth() : columns;
            return Math.max(LEAST_WIDTH, Integer.parseInt(known));
        } catch (NumberFormatException _) {
            return USUAL_WIDTH;
        }
    }

    /// What the terminal's driver says; `stty size` prints `rows columns`.
    private static String askedWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return size.substring(size.indexOf(' ') + 1);
        } catch (IOException _) {
            return "";
        }
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /// All that is wrong, a block each.
    void complain(List<Complaint> complaints, int omitted) {
        StringBuilder blocks = new StringBuilder();
        complaints.forEach(complaint -> blocks.append(complaint.text(this)));
        if (omitted > 0) {
            blocks.append("… and %,d more problems\n".formatted(omitted));
        }
        err.print(blocks);
        err.flush();
    }

    /// @param style the parameters of an SGR sequence
    String paint(String style, String text) {
        return colour ? "\033[" + style + "m" + text + "\033[0m" : text;
    }
}
