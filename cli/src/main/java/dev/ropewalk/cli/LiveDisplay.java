package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.tool.MessageLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Redraws, ten times a second at most, a line for each running task and a bar for the whole. What went
/// wrong stays above as lines of its own.
final class LiveDisplay implements Display {

    private static final int MOST_TASKS = 12;
    private static final int BAR = 24;
    private static final long REDRAW_MILLIS = 100;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    /// No wrapping of long lines while drawing, or moving up would miss its mark.
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    /// A task under way.
    private record Running(Instant since, String message) {}

    private final Terminal terminal;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final EventLines lines = new EventLines();
    private final StringBuilder above = new StringBuilder();
    private final Thread painter;
    private @Nullable ExecutionProgress progress;
    private Instant started = Instant.now();
    private int drawn;
    private int frame;
    private boolean closed;

    LiveDisplay(Terminal terminal) {
        this.terminal = terminal;
        this.painter = Thread.ofVirtual().name("ropewalk-display").unstarted(this::paint);
    }

    LiveDisplay start() {
        painter.start();
        return this;
    }

    @Override
    public synchronized void update(ExecutionUpdate update) {
        update.events().forEach(this::take);
        update.messages().forEach(this::take);
        progress = update.progress();
    }

    private void take(ExecutionEvent event) {
        String task = event.taskId().orElse("");
        boolean news = lines.awaitsConsequence(task);
        switch (event.type()) {
            case EXECUTION_STARTED -> started = event.timestamp();
            case TASK_STARTED -> running.put(task, new Running(event.timestamp(), attempt(event)));
            case TASK_DEADLINE_MISSED, EXECUTION_DEADLINE_MISSED -> news = true;
            case ATTEMPT_FAILED, TASK_COMPLETED, TASK_COMPLETION_HELD, TASK_SKIPPED, TASK_CANCELLED, ATTEMPT_STOPPED ->
                running.remove(task);
            case TASK_FAILED, TASK_TIMED_OUT, STEP_RETRYING, EXECUTION_STOPPING, RESULT_REJECTED -> {
                running.remove(task);
                news = true;
            }
            default -> {
                // Seen in the bar.
            }
        }
        List<String> told = lines.of(event);
        if (news) {
            told.forEach(this::addAbove);
        }
    }

    private static String attempt(ExecutionEvent event) {
        return event.data().get("attempt") instanceof Long attempt && attempt > 1 ? "attempt " + attempt : "";
    }

    private void take(ExecutionMessage message) {
        String task = message.taskId().orElse("");
        Running known = running.get(task);
        if (known != null) {
            running.put(task, new Running(known.since(), message.message().strip()));
        }
        if (message.level() == MessageLevel.WARNING || message.level() == MessageLevel.ERROR) {
            EventLine.of(message).ifPresent(this::addAbove);
        }
    }

    private void addAbove(String line) {
        above.append(line).append('\n');
    }

    @Override
    public synchronized void note(String line) {
        addAbove(line);
        draw(false);
    }

    private void paint() {
        while (true) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                draw(false);
            }
            try {
                Thread.sleep(REDRAW_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// In one write, so that no half of it is seen.
    private void draw(boolean last) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\033[").append(drawn).append("A\r\033[J");
        }
        text.append(above);
        above.setLength(0);
        drawn = 0;
        if (!last) {
            text.append(NO_WRAP);
            tasks(text);
            text.append(bar()).append('\n').append(WRAP);
            drawn++;
            frame++;
        }
        terminal.err().print(text);
        terminal.err().flush();
    }

    private void tasks(StringBuilder text) {
        Instant now = Instant.now();
        char spinner = SPINNER.charAt(frame % SPINNER.length());
        int column = running.keySet().stream()
                .limit(MOST_TASKS)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        column = Math.clamp(column, 8, 32);
        for (Map.Entry<String, Running> task : running.entrySet()) {
            if (drawn == MOST_TASKS) {
                text.append("  … and ")
                        .append(Words.count(running.size() - MOST_TASKS, "more task"))
                        .append('\n');
                drawn++;
                return;
            }
            String line = "%s %s %8s  %s"
                    .formatted(
                            spinner,
                            padded(task.getKey(), column),
                            Words.duration(Duration.between(task.getValue().since(), now)),
                            task.getValue().message());
            text.append(PlainText.line(line, terminal.width() - 1)).append('\n');
            drawn++;
        }
    }

    private static String padded(String path, int column) {
        return String.format(Locale.ROOT, "%-" + column + "s", PlainText.line(path, column));
    }

    private String bar() {
        ExecutionProgress now = progress;
        if (now == null) {
            return terminal.paint("2", "starting");
        }
        int full = (int) Math.floor(now.percentage() / 100 * BAR);
        String done = "█".repeat(full) + "░".repeat(BAR - full);
        String failed = Optional.of(now.failedTasks())
                .filter(count -> count > 0)
                .map(count -> " · " + terminal.paint("31", count + " failed"))
                .orElse("");
        return "%s %3d %%  %,d/%s · %d running%s · %s"
                .formatted(
                        terminal.paint("36", done),
                        (int) now.percentage(),
                        now.completedTasks(),
                        Words.count(now.totalTasks(), "task"),
                        now.runningTasks(),
                        failed,
                        Words.duration(Duration.between(started, Instant.now())));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            draw(true);
        }
    }
}
