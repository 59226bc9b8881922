package dev.ropewalk.cli;

import java.io.PrintStream;
import java.util.List;

/// The command `ropewalk`. So far it knows only its usage and its version.
public final class Main {
    private static final int DONE = 0;
    private static final int USAGE = 2;

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.equals(List.of("--version"))) {
            out.println("ropewalk 0.1.0-SNAPSHOT");
            return DONE;
        }
        if (arguments.equals(List.of("--help"))) {
            out.println("usage: ropewalk --version | --help");
            return DONE;
        }
        err.println("usage: ropewalk --version | --help");
        return USAGE;
    }
}
