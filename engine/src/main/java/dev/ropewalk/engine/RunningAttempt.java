package dev.ropewalk.engine;

import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One attempt while it runs: what its tool sees of it, and what the engine can do to it.
///
/// Stopping runs the tool's callbacks on a thread of its own and then interrupts the attempt's thread,
/// once, and never after the attempt has ended.
final class RunningAttempt implements ToolCall {

    /// What is fixed about the attempt.
    record Identity(
            String executionId,
            String taskPath,
            int attempt,
            String idempotencyKey,
            String processMark,
            Optional<Instant> deadline,
            Duration grace,
            Supplier<Optional<Object>> checkpoint) {}

    private final Identity identity;
    private final AttemptReports reports;
    private final Supplier<Output> outputs;
    private final List<Output> opened = new ArrayList<>();
    private final List<Runnable> onCancel = new ArrayList<>();
    private Map<String, @Nullable Object> arguments = Map.of();
    private @Nullable Thread thread;
    private volatile @Nullable Object checkpoint;
    private volatile @Nullable StopCause stopped;
    private boolean ended;

    RunningAttempt(Identity identity, AttemptReports reports, Supplier<Output> outputs) {
        this.identity = identity;
        this.reports = reports;
        this.outputs = outputs;
    }

    synchronized void with(Map<String, @Nullable Object> evaluated) {
        arguments = evaluated;
    }

    synchronized void runOn(Thread attemptThread) throws InterruptedException {
        if (stopped != null) {
            throw new InterruptedException("told to stop before the call");
        }
        thread = attemptThread;
    }

    /// Tells the attempt to stop; later calls change nothing.
    void stop(StopCause cause) {
        List<Runnable> actions;
        synchronized (this) {
            if (ended || stopped != null) {
                return;
            }
            stopped = cause;
            actions = List.copyOf(onCancel);
            onCancel.clear();
        }
        Thread.ofVirtual().name("ropewalk-stop").start(() -> {
            actions.forEach(Runnable::run);
            interrupt();
        });
    }

    private synchronized void interrupt() {
        if (!ended && thread != null) {
            thread.interrupt();
        }
    }

    /// The call has returned: nothing reaches its thread any more.
    void end() {
        List<Output> toClose;
        synchronized (this) {
            ended = true;
            thread = null;
            onCancel.clear();
            toClose = List.copyOf(opened);
        }
        toClose.forEach(Output::close);
        reports.ended();
    }

    Optional<StopCause> stopCause() {
        return Optional.ofNullable(stopped);
    }

    @Override
    public String executionId() {
        return identity.executionId();
    }

    @Override
    public String taskPath() {
        return identity.taskPath();
    }

    @Override
    public int attempt() {
        return identity.attempt();
    }

    @Override
    public String idempotencyKey() {
        return identity.idempotencyKey();
    }

    @Override
    public String processMark() {
        return identity.processMark();
    }

    @Override
    public synchronized Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public Optional<Instant> deadline() {
        return identity.deadline();
    }

    @Override
    public Duration grace() {
        return identity.grace();
    }

    @Override
    public boolean cancelled() {
        return stopped != null;
    }

    @Override
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (stopped == null && !ended) {
                onCancel.add(action);
                return () -> forget(action);
            }
        }
        if (stopped != null) {
            Thread.ofVirtual().name("ropewalk-stop").start(action);
        }
        return () -> {};
    }

    private synchronized void forget(Runnable action) {
        onCancel.remove(action);
    }

    @Override
    public void progress(double fraction, String message) {
        double clipped = Double.isNaN(fraction) ? 0 : Math.clamp(fraction, 0.0, 1.0);
        reports.progress(clipped, message);
    }

    @Override
    public void log(MessageLevel level, String message) {
        reports.message(level, message);
    }

    @Override
    public Optional<Object> checkpoint() {
        return identity.checkpoint().get();
    }

    @Override
    public void saveCheckpoint(Object value) {
        checkpoint = Objects.requireNonNull(value, "value");
    }

    /// What the tool saved last.
    Optional<Object> savedCheckpoint() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public Output newOutput() {
        Output output = outputs.get();
        synchronized (this) {
            opened.add(output);
        }
        return output;
    }
}
