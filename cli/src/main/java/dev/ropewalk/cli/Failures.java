package dev.ropewalk.cli;

import dev.ropewalk.EngineException;
import dev.ropewalk.plan.InvalidPlanException;
import dev.ropewalk.plugin.PluginException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Tells people why a command ended early, and says with which exit code.
final class Failures {

    /// Refusals that are not the caller's to mend: the store or the engine gave up.
    private static final Set<String> NOT_THE_CALLERS =
            Set.of("STORAGE_FULL", "STORAGE_FAILED", "STORE_FENCED", "STORE_CORRUPT", "QUARANTINED", "ENGINE_CLOSED");

    private Failures() {}

    static int explain(Throwable problem, Terminal terminal) {
        return switch (problem) {
            case CompletionException wrapped when wrapped.getCause() != null -> explain(wrapped.getCause(), terminal);
            case CommandException known -> {
                terminal.complain(known.complaints(), known.omitted());
                yield ExitCode.USAGE;
            }
            case EngineException known -> {
                terminal.complain(List.of(Complaint.of(known.code(), message(known), known.remedy())), 0);
                yield NOT_THE_CALLERS.contains(known.code()) ? ExitCode.FAILED : ExitCode.USAGE;
            }
            case InvalidPlanException known -> {
                terminal.complain(
                        known.problems().stream()
                                .map(one -> new Complaint(one.code(), "", one.path(), one.message(), one.remedy()))
                                .toList(),
                        0);
                yield ExitCode.USAGE;
            }
            case PluginException known -> {
                terminal.complain(List.of(Complaint.of("PLUGIN_UNUSABLE", message(known), "")), 0);
                yield ExitCode.USAGE;
            }
            default -> {
                terminal.complain(
                        List.of(Complaint.of(
                                "INTERNAL",
                                String.valueOf(problem),
                                "this is a defect of the program; please report it with what follows")),
                        0);
                problem.printStackTrace(terminal.err());
                yield ExitCode.INTERNAL;
            }
        };
    }

    private static String message(RuntimeException problem) {
        return String.valueOf(problem.getMessage());
    }
}
