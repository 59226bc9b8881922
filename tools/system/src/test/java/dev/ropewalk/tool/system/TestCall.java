package dev.ropewalk.tool.system;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.value.BoundedOutput;
import dev.ropewalk.value.OutputLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/// An attempt outside of an engine: it can be started on a thread of its own and told to stop.
public final class TestCall implements ToolCall {
    /// Beyond, output is dropped.
    public static final int OUTPUT_LIMIT = 1 << 20;

    private static final OutputLimits LIMITS = new OutputLimits(1 << 16, OUTPUT_LIMIT);

    private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    private final String store = "test-" + UUID.randomUUID();
    private final List<Runnable> actions = new ArrayList<>();
    private final List<BoundedOutput> outputs = new ArrayList<>();
    private Duration grace = Duration.ofSeconds(10);
    private boolean brokenDisk;
    private boolean cancelled;
    private @Nullable Thread thread;

    public static TestCall with(Map<String, ?> arguments) {
        TestCall call = new TestCall();
        call.arguments.putAll(arguments);
        return call;
    }

    public TestCall and(String name, @Nullable Object value) {
        arguments.put(name, value);
        return this;
    }

    public TestCall grace(Duration duration) {
        grace = duration;
        return this;
    }

    public TestCall brokenDisk() {
        brokenDisk = true;
        return this;
    }

    /// Calls `tool` on this thread and returns the fields of its result.
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> fields(Tool tool) throws Exception {
        return (Map<String, @Nullable Object>) result(tool).value();
    }

    public ToolResult result(Tool tool) throws Exception {
        return tool.call(this);
    }

    /// Calls `tool`, which must fail.
    public ToolException failure(Tool tool) {
        return Assertions.catchThrowableOfType(ToolException.class, () -> tool.call(this));
    }

    /// Calls `tool` on a virtual thread, as the engine does.
    public CompletableFuture<ToolResult> start(Tool tool) {
        CompletableFuture<ToolResult> result = new CompletableFuture<>();
        thread = Thread.ofVirtual().start(() -> {
            try {
                result.complete(tool.call(this));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /// Tells the attempt to stop, as the engine does: first the callbacks, then the interrupt.
    public void stop() {
        cancel();
        interrupt();
    }

    public void cancel() {
        List<Runnable> pending;
        synchronized (this) {
            cancelled = true;
            pending = List.copyOf(actions);
            actions.clear();
        }
        pending.forEach(Runnable::run);
    }

    public void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// What has been written to the outputs made so far, in the order in which they were made.
    public synchronized String written(int index) {
        return index < outputs.size() ? text(outputs.get(index)) : "";
    }

    /// The kept text of an output that a tool put into its result.
    public static String text(@Nullable Object output) {
        try {
            return output instanceof Output kept ? kept.tail(OUTPUT_LIMIT) : String.valueOf(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized BoundedOutput output(int index) {
        return outputs.get(index);
    }

    public String store() {
        return store;
    }

    @Override
    public String executionId() {
        return "execution-1";
    }

    @Override
    public String taskPath() {
        return "sub/task[3]";
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public String idempotencyKey() {
        return "execution-1/sub/task[3]/0";
    }

    @Override
    public String processMark() {
        return store + "/" + idempotencyKey() + "/2";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public Duration grace() {
        return grace;
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        boolean now;
        synchronized (this) {
            now = cancelled;
            if (!now) {
                actions.add(action);
            }
        }
        if (now) {
            action.run();
        }
        return () -> {
            synchronized (this) {
                actions.remove(action);
            }
        };
    }

    @Override
    public void progress(double fraction, String message) {}

    @Override
    public void log(MessageLevel level, String message) {}

    @Override
    public Optional<Object> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void saveCheckpoint(Object value) {
        throw new UnsupportedOperationException("no tool of this module saves checkpoints");
    }

    @Override
    public synchronized Output newOutput() {
        BoundedOutput output = new BoundedOutput(LIMITS, Path.of(System.getProperty("java.io.tmpdir")));
        outputs.add(output);
        return brokenDisk ? new BrokenOutput(output) : output;
    }

    /// An output whose stream fails on every write.
    private record BrokenOutput(Output output) implements Output {
        @Override
        public OutputStream stream() {
            OutputStream closed = OutputStream.nullOutputStream();
            try {
                closed.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return closed;
        }

        @Override
        public long totalBytes() {
            return output.totalBytes();
        }

        @Override
        public long keptBytes() {
            return output.keptBytes();
        }

        @Override
        public InputStream open() throws IOException {
            return output.open();
        }

        @Override
        public String tail(int maxChars) throws IOException {
            return output.tail(maxChars);
        }

        @Override
        public void close() {
            output.close();
        }
    }
}
