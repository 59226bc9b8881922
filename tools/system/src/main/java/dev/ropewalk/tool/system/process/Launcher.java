package dev.ropewalk.tool.system.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts processes in a group of their own, so that a signal from the terminal does not reach them
/// and all that they start can be found.
///
/// The JDK cannot do that by itself. `setsid` (util-linux, on every Linux) makes the process lead a
/// session and a group and then becomes the program itself, keeping its number; it costs 0.7 ms.
/// Where it is missing, as on macOS, perl makes at least a group. Without both the tree is known by
/// parents and marks only.
public final class Launcher {
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Path PERL = Path.of("/usr/bin/perl");
    private static final String PERL_GROUP = "setpgrp(0, 0); exec { $ARGV[0] } @ARGV; die qq($ARGV[0]: $!\\n)";

    private static final File NOTHING = new File("/dev/null");

    private final List<String> prefix;

    Launcher(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /// With the best means that this system has.
    public static Launcher ofThisSystem() {
        return of(SETSID, PERL);
    }

    static Launcher of(List<Path> setsid, Path perl) {
        for (Path path : setsid) {
            if (Files.isExecutable(path)) {
                return new Launcher(List.of(path.toString(), "--"));
            }
        }
        return Files.isExecutable(perl)
                ? new Launcher(List.of(perl.toString(), "-e", PERL_GROUP, "--"))
                : new Launcher(List.of());
    }

    /// Whether what it starts leads a process group.
    public boolean makesGroups() {
        return !prefix.isEmpty();
    }

    /// @param program the file that the first word of `command` stands for
    /// @param environment all that the process gets
    /// @param input whether something will be written to its standard input; else that is empty
    /// @throws IOException if the process cannot be started
    public Process start(
            Path program, List<String> command, Path directory, Map<String, String> environment, boolean input)
            throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.add(prefix.isEmpty() ? program.toString() : command.getFirst());
        line.addAll(command.subList(1, command.size()));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (!input) {
            builder.redirectInput(NOTHING);
        }
        return builder.start();
    }
}
