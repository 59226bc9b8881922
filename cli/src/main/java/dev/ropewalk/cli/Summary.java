package dev.ropewalk.cli;

import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.TaskResult;
import dev.ropewalk.plan.ExecutionStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is told of an execution when it has ended.
final class Summary {

    private static final int MOST_FAILURES = 20;
    private static final int MOST_NAMES = 10;

    private final Terminal terminal;

    Summary(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param progress the last one that was seen
    /// @param kept whether the execution can be looked at later
    String of(ExecutionResult result, @Nullable ExecutionProgress progress, boolean kept) {
        boolean completed = result.status() == ExecutionStatus.COMPLETED;
        StringBuilder text = new StringBuilder();
        text.append(completed ? terminal.paint("32", "✔") : terminal.paint("31", "✘"))
                .append(' ')
                .append(PlainText.line(result.planId(), terminal.width()))
                .append(' ')
                .append(terminal.paint("1", words(result.status())))
                .append(" in ")
                .append(Words.duration(result.metrics().totalDuration()))
                .append(progress == null ? "" : " · " + counts(result, progress))
                .append('\n');
        result.failures().stream().limit(MOST_FAILURES).forEach(failure -> text.append(failure(failure)));
        if (result.failures().size() > MOST_FAILURES) {
            text.append(
                    "  … and %s\n".formatted(Words.count(result.failures().size() - MOST_FAILURES, "more failure")));
        }
        if (result.failures().isEmpty()) {
            result.error()
                    .ifPresent(error -> text.append("  ")
                            .append(terminal.paint("31", PlainText.of(error.code())))
                            .append("  ")
                            .append(PlainText.line(error.message(), 1_000))
                            .append('\n'));
        }
        text.append("  execution ").append(result.executionId()).append('\n');
        if (kept && !result.partialResults().isEmpty()) {
            text.append("  what its completed tasks returned:\n    ropewalk result %s --json\n"
                    .formatted(result.executionId()));
        }
        return text.toString();
    }

    static String words(ExecutionStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String counts(ExecutionResult result, ExecutionProgress progress) {
        int others = progress.totalTasks() - progress.completedTasks() - progress.failedTasks();
        StringBuilder counts = new StringBuilder(Words.count(progress.totalTasks(), "task"));
        counts.append(": %,d completed".formatted(progress.completedTasks()));
        if (progress.failedTasks() > 0) {
            counts.append(", %,d failed".formatted(progress.failedTasks()));
            int replaced = progress.failedTasks() - result.failures().size();
            if (replaced > 0) {
                counts.append(" (%,d replaced by a fallback)".formatted(replaced));
            }
        }
        if (others > 0) {
            String fate = result.status() == ExecutionStatus.COMPLETED ? "skipped" : "skipped or stopped";
            counts.append(", %,d %s".formatted(others, fate));
        }
        return counts.toString();
    }

    private String failure(TaskResult failure) {
        StringBuilder text = new StringBuilder("  ").append(PlainText.line(failure.taskId(), 200));
        failure.error()
                .ifPresent(error -> text.append("  ")
                        .append(terminal.paint("31", PlainText.of(error.code())))
                        .append("  ")
                        .append(PlainText.line(error.message(), 1_000)));
        if (failure.metrics().attempts() > 1) {
            text.append(" (").append(failure.metrics().attempts()).append(" attempts)");
        }
        text.append('\n');
        if (!failure.skipped().isEmpty()) {
            List<String> skipped = failure.skipped();
            text.append("    skipped because of it: ")
                    .append(PlainText.of(String.join(", ", skipped.subList(0, Math.min(MOST_NAMES, skipped.size())))))
                    .append(skipped.size() > MOST_NAMES ? " and %d more".formatted(skipped.size() - MOST_NAMES) : "")
                    .append('\n');
        }
        return text.toString();
    }
}
