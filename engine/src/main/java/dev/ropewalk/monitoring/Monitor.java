package dev.ropewalk.monitoring;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.Subscription;
import dev.ropewalk.UpdateStream;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.tool.MessageLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells those who watch what becomes durable and what attempts report, and keeps messages and the
/// projection of tasks. Safe for use by several threads; nothing that the loop or the log writer calls
/// blocks.
public final class Monitor implements AutoCloseable {

    private final Store store;
    private final LogReader log;
    private final Recovery recovery;
    private final LongSupplier clock;
    private final MessageLog messages;
    private final TaskProjection projection;
    private final Map<Long, Channel> channels = new ConcurrentHashMap<>();
    private final Map<Long, LiveReports> reports = new ConcurrentHashMap<>();

    /// @param clock microseconds since 1970
    public Monitor(Store store, LongSupplier clock) {
        this.store = store;
        this.log = new LogReader(store);
        this.recovery = new Recovery(store);
        this.clock = clock;
        this.messages = new MessageLog(store);
        this.projection = new TaskProjection(store);
    }

    public void start() {
        messages.start();
        projection.start();
    }

    /// Events of an execution have become durable.
    public void published(long execution, long firstSeq, List<LogEvent> events) {
        projection.wake();
        Channel channel = channels.get(execution);
        if (channel != null) {
            channel.published(firstSeq, events);
        }
    }

    /// Nothing more will be reported of the execution.
    public void ended(long execution) {
        reports.remove(execution);
    }

    /// An attempt says how far it is.
    public void progress(long execution, String path, double fraction) {
        reports(execution).progress(path, fraction);
        reported(execution);
    }

    /// An attempt has ended: its fraction counts no longer.
    public void attemptEnded(long execution, String path) {
        LiveReports live = reports.get(execution);
        if (live != null) {
            live.ended(path);
        }
    }

    /// An attempt has something to say, which is kept; `keep` is false for what is only shown live.
    public void message(long execution, String path, int attempt, MessageLevel level, String text, boolean keep) {
        long now = clock.getAsLong();
        reports(execution)
                .message(new ExecutionMessage(level, text, EventProjection.instant(now), Optional.of(path), attempt));
        if (keep) {
            messages.add(new MessageRow(0, execution, Optional.of(path), attempt, now, level.name(), text));
        }
        reported(execution);
    }

    /// How much of a running task is done, as it last reported.
    public double fraction(long execution, String path) {
        LiveReports live = reports.get(execution);
        return live == null ? 0 : live.fraction(path);
    }

    /// See [dev.ropewalk.ExecutionEngine#subscribe].
    public Subscription subscribe(String executionId, long afterSeq, Consumer<ExecutionUpdate> consumer) {
        ExecutionRow row = store.execution("", executionId)
                .orElseThrow(() -> new EngineException(
                        "EXECUTION_UNKNOWN", "there is no execution \"%s\"".formatted(executionId), ""));
        ExecutionPlan plan = recovery.plan(row);
        Subscriber subscriber =
                new Subscriber(log, row.number(), plan, afterSeq, consumer, closed -> leave(row.number(), closed));
        subscriber.start();
        while (!join(row.number(), plan, subscriber)) {
            Thread.onSpinWait();
        }
        return subscriber;
    }

    private boolean join(long execution, ExecutionPlan plan, Subscriber subscriber) {
        Channel[] made = new Channel[1];
        Channel channel = channels.computeIfAbsent(execution, _ -> {
            made[0] = new Channel(log, execution, plan, reports(execution), clock);
            return made[0];
        });
        boolean joined = channel.add(subscriber);
        if (channel == made[0]) {
            channel.start(() -> channels.remove(execution, channel));
        } else if (!joined) {
            channels.remove(execution, channel);
        }
        return joined;
    }

    private void leave(long execution, Subscriber subscriber) {
        Channel channel = channels.get(execution);
        if (channel != null) {
            channel.remove(subscriber);
        }
    }

    /// See [dev.ropewalk.ExecutionEngine#monitor].
    public UpdateStream stream(String executionId) {
        return new BlockingUpdates(consumer -> subscribe(executionId, 0, consumer));
    }

    /// Brings the projection up to date, writes what messages there are, and ends.
    @Override
    public void close() {
        channels.values().forEach(Channel::close);
        messages.close();
        projection.close();
    }

    private LiveReports reports(long execution) {
        return reports.computeIfAbsent(execution, _ -> new LiveReports());
    }

    private void reported(long execution) {
        Channel channel = channels.get(execution);
        if (channel != null) {
            channel.reported();
        }
    }
}
