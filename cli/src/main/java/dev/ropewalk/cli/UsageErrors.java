package dev.ropewalk.cli;

import dev.ropewalk.plan.DidYouMean;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells what is wrong with a command line, in a block like every other error: not above a page of
/// usage, where nobody sees it.
final class UsageErrors {

    private UsageErrors() {}

    /// @return the exit code
    static int explain(ParameterException problem, Terminal terminal) {
        CommandLine command = problem.getCommandLine();
        String help = "see `%s --help`".formatted(command.getCommandSpec().qualifiedName());
        terminal.complain(
                List.of(
                        problem instanceof UnmatchedArgumentException unmatched
                                ? unmatched(unmatched.getUnmatched().getFirst(), command, help)
                                : Complaint.of("USAGE", String.valueOf(problem.getMessage()), help)),
                0);
        return ExitCode.USAGE;
    }

    private static Complaint unmatched(String word, CommandLine command, String help) {
        if (word.startsWith("-")) {
            List<String> options = command.getCommandSpec().options().stream()
                    .flatMap(option -> List.of(option.names()).stream())
                    .toList();
            return Complaint.of(
                    "USAGE", "there is no option \"%s\"".formatted(word), DidYouMean.remedy(word, options, help));
        }
        if (command.getParent() == null) {
            List<String> commands = List.copyOf(command.getSubcommands().keySet());
            return Complaint.of(
                    "USAGE", "there is no command \"%s\"".formatted(word), DidYouMean.remedy(word, commands, help));
        }
        return Complaint.of("USAGE", "\"%s\" is one argument too many".formatted(word), help);
    }
}
