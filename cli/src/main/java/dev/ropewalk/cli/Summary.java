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
    String of(ExecutionResult result, @Nullable ExecutionProgress progress) {
        boolean completed = result.status() == ExecutionStatus.COMPLETED;
        StringBuilder text = new StringBuilder();
        text.append(completed ? terminal.paint("32", "✔") : terminal.paint("31", "✘"))
                .append(' ')
                .append(PlainText.line(result.planId(), terminal.width()))
                .append(' ')
                .append(terminal.paint("1", words(result.status())))
                .append(" in ")
                .append(Words.duration(result.metrics().totalDuration()))
                .append(progress == null ? "" : " · " + counts(progress))
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
        return text.toString();
    }

    static String words(ExecutionStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String counts(ExecutionProgress progress) {
        int others = progress.totalTasks() - progress.completedTasks() - progress.failedTasks();
        StringBuilder counts = new StringBuilder(Words.count(progress.totalTasks(), "task"));
        counts.append(": ").append(progress.completedTasks()).append(" completed");
        if (progress.failedTasks() > 0) {
            counts.append(", ").append(progress.failedTasks()).append(" failed");
        }
        if (others > 0) {
            counts.append(", ").append(others).append(" not run");
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
