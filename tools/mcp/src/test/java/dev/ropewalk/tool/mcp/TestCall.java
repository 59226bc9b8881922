package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An attempt without an engine: remembers what the tool reports, and can be told to stop.
final class TestCall implements ToolCall {
    record Progress(double fraction, String message) {}

    record Message(MessageLevel level, String text) {}

    final List<Progress> progress = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Map<String, Object> arguments;
    private final Set<Runnable> callbacks = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    TestCall(Map<String, Object> arguments) {
        this.arguments = arguments;
    }

    static TestCall with(String name, Object value) {
        return new TestCall(Map.of(name, value));
    }

    static TestCall empty() {
        return new TestCall(Map.of());
    }

    void cancel() {
        cancelled = true;
        callbacks.forEach(Runnable::run);
    }

    boolean hasCallbacks() {
        return !callbacks.isEmpty();
    }

    @Override
    public String executionId() {
        return "e1";
    }

    @Override
    public String taskPath() {
        return "read";
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public String idempotencyKey() {
        return "e1/read/1";
    }

    @Override
    public String processMark() {
        return "store/e1/read/1/2";
    }

    @Override
    public Map<String, Object> arguments() {
        return arguments;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        callbacks.add(action);
        if (cancelled) {
            action.run();
        }
        return () -> callbacks.remove(action);
    }

    @Override
    public void progress(double fraction, String message) {
        progress.add(new Progress(fraction, message));
    }

    @Override
    public void log(MessageLevel level, String message) {
        messages.add(new Message(level, message));
    }

    @Override
    public Optional<Object> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void saveCheckpoint(Object value) {
        throw new UnsupportedOperationException("no tool of this module saves checkpoints");
    }

    @Override
    public Output newOutput() {
        throw new UnsupportedOperationException("results of MCP tools are in memory already");
    }
}
