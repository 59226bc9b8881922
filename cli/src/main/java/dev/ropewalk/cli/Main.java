package dev.ropewalk.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/// The program behind `./ropewalk`.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        LogSettings.use();
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        Terminal terminal = Terminal.detect(out, err, System.getenv(), Terminal.isErrorShown());
        int exitCode = run(List.of(arguments), terminal);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /// Whatever the locale says, people and programs get UTF-8.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    static int run(List<String> arguments, Terminal terminal) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        if (NotBuilt.COMMANDS.containsKey(name)) {
            terminal.complain(List.of(NotBuilt.command(name)), 0);
            return ExitCode.USAGE;
        }
        CommandLine commands = Commands.commandLine(name, terminal);
        commands.setExecutionExceptionHandler((problem, _, _) -> Failures.explain(problem, terminal));
        commands.setParameterExceptionHandler((problem, _) -> UsageErrors.explain(problem, terminal));
        if (arguments.isEmpty()) {
            commands.usage(commands.getErr());
            return ExitCode.USAGE;
        }
        try {
            return commands.execute(arguments.toArray(String[]::new));
        } catch (Error e) {
            return Failures.explain(e, terminal);
        }
    }
}
