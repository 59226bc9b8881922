package dev.ropewalk.cli;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.Submission;
import dev.ropewalk.Subscription;
import dev.ropewalk.plan.ExecutionStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for an execution before the eyes of whoever started it: shows it, stops it at Ctrl-C, tells
/// how it ended.
final class Foreground {

    /// How long the end waits for updates that are still on their way to the display.
    private static final long LAST_UPDATE_MILLIS = 2_000;

    private static final long LAST_WORDS_MILLIS = 500;

    /// How an engine answers that has ended before the execution.
    private static final Set<String> INTERRUPTED = Set.of("ENGINE_CLOSED", "STORAGE_FULL", "STORAGE_FAILED");

    private final Terminal terminal;
    private final WatchOption watch;
    private final boolean json;
    private final String storeUrl;
    private final CountDownLatch lastUpdate = new CountDownLatch(1);
    private volatile @Nullable ExecutionProgress progress;

    Foreground(Terminal terminal, WatchOption watch, boolean json, String storeUrl) {
        this.terminal = terminal;
        this.watch = watch;
        this.json = json;
        this.storeUrl = storeUrl;
    }

    /// @return the exit code
    int await(ExecutionEngine engine, Submission submission) {
        return await(engine, submission, 0);
    }

    /// @param afterSeq shows only what happens after this record of the log
    int await(ExecutionEngine engine, Submission submission, long afterSeq) {
        String id = submission.executionId();
        Display display = watch.display(terminal);
        try (Interrupts interrupts = new Interrupts(() -> stop(engine, display), () -> stopNow(id))) {
            ExecutionResult result;
            try (Subscription _ = engine.subscribe(id, afterSeq, update -> show(display, update))) {
                result = engine.completion(id).join();
                awaitLastUpdate();
            } catch (CompletionException e) {
                display.close();
                if (e.getCause() instanceof EngineException cause && INTERRUPTED.contains(cause.code())) {
                    return interrupts.happened() ? stopped(id) : failed(cause, id);
                }
                throw e;
            } finally {
                display.close();
            }
            return ended(result);
        }
    }

    private void show(Display display, ExecutionUpdate update) {
        progress = update.progress();
        display.update(update);
        if (update.status().ended()) {
            lastUpdate.countDown();
        }
    }

    private void awaitLastUpdate() {
        try {
            boolean seen = lastUpdate.await(LAST_UPDATE_MILLIS, TimeUnit.MILLISECONDS);
            if (!seen) {
                progress = null;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(ExecutionEngine engine, Display display) {
        display.note("stopping; what runs gets its grace to end (again: stop now)");
        engine.close();
    }

    /// Takes everything that this process started along; what a task's process left behind by then is
    /// ended when the execution is resumed. Whoever blocks the terminal does not hold it up.
    private void stopNow(String id) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            Thread.ofPlatform().daemon().start(() -> tellStopped(id)).join(Duration.ofMillis(LAST_WORDS_MILLIS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    private int stopped(String id) {
        tellStopped(id);
        return ExitCode.STOPPED;
    }

    /// The store gave up; what it has acknowledged is there.
    private int failed(EngineException cause, String id) {
        int exitCode = Failures.explain(cause, terminal);
        tellStopped(id);
        return exitCode;
    }

    private void tellStopped(String id) {
        if (storeUrl.startsWith("memory:")) {
            terminal.err().println("stopped; nothing is kept of what ran in memory");
        } else {
            String store = storeUrl.equals(StoreOption.DEFAULT_STORE) ? "" : " --store " + storeUrl;
            terminal.err().println("stopped; go on with\n  ropewalk resume " + id + store);
        }
        terminal.err().flush();
    }

    private int ended(ExecutionResult result) {
        boolean kept = !storeUrl.startsWith("memory:");
        if (!watch.quiet()) {
            terminal.err().print(new Summary(terminal).of(result, progress, kept));
            terminal.err().flush();
        }
        if (json) {
            JsonOutput.print(terminal, ResultJson.of(result));
        } else if (result.status() == ExecutionStatus.COMPLETED) {
            new ResultText(terminal).print(result.result(), kept ? result.executionId() : "");
        }
        return ExitCode.of(result.status());
    }
}
