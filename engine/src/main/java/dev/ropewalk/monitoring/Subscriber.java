package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.Subscription;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the updates of one execution to one consumer, on a virtual thread of its own, so that nobody
/// waits for a slow one. Updates that it could not take in time, and the events from before it came, it
/// reads from the log: each event is delivered once, in order.
final class Subscriber implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MAX_QUEUED = 256;

    private record Offered(ExecutionUpdate update, long seq) {}

    private final LogReader log;
    private final long execution;
    private final ExecutionPlan plan;
    private final Consumer<ExecutionUpdate> consumer;
    private final Consumer<Subscriber> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ArrayDeque<Offered> queue = new ArrayDeque<>();
    private long delivered;
    private boolean started;
    private boolean ended;
    private boolean closed;

    Subscriber(
            LogReader log,
            long execution,
            ExecutionPlan plan,
            long afterSeq,
            Consumer<ExecutionUpdate> consumer,
            Consumer<Subscriber> whenClosed) {
        this.log = log;
        this.execution = execution;
        this.plan = plan;
        this.delivered = afterSeq;
        this.consumer = consumer;
        this.whenClosed = whenClosed;
    }

    void start() {
        Thread.ofVirtual().name("ropewalk-subscriber").start(this::run);
    }

    /// Whether it waits for its first update.
    boolean needsStart() {
        lock.lock();
        try {
            return !started;
        } finally {
            lock.unlock();
        }
    }

    /// @param seq the number of the last event that the update or those before it hold
    void offer(ExecutionUpdate update, long seq) {
        lock.lock();
        try {
            started = true;
            if (queue.size() == MAX_QUEUED) {
                // The events of what is dropped are in the log; only its reports are lost.
                queue.removeFirst();
            }
            queue.addLast(new Offered(update, seq));
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        whenClosed.accept(this);
    }

    private void run() {
        try {
            for (Offered next = next(); next != null; next = next()) {
                deliver(next);
            }
        } catch (RuntimeException e) {
            LOG.warn("A subscriber threw an exception and gets no more updates execution={}", execution, e);
            close();
        }
    }

    private void deliver(Offered offered) {
        ExecutionUpdate update = offered.update();
        boolean complete =
                !update.events().isEmpty() && update.events().getFirst().seq() <= delivered + 1;
        if (offered.seq() > delivered && !complete) {
            update = with(update, fromLog(offered.seq()));
        } else if (!update.events().isEmpty() && update.events().getFirst().seq() <= delivered) {
            long after = delivered;
            update = with(
                    update,
                    update.events().stream()
                            .filter(event -> event.seq() > after)
                            .toList());
        }
        delivered = Math.max(delivered, offered.seq());
        consumer.accept(update);
    }

    private List<ExecutionEvent> fromLog(long until) {
        EventProjection projection = new EventProjection(plan);
        List<ExecutionEvent> events = new ArrayList<>();
        log.forEach(execution, 1, event -> {
            if (projection.seq() < until) {
                List<ExecutionEvent> one = new ArrayList<>(1);
                projection.project(event, one);
                if (projection.seq() > delivered) {
                    events.addAll(one);
                }
            }
        });
        return events;
    }

    private static ExecutionUpdate with(ExecutionUpdate update, List<ExecutionEvent> events) {
        return new ExecutionUpdate(
                update.executionId(),
                update.timestamp(),
                update.status(),
                update.progress(),
                update.currentTask(),
                update.metrics(),
                events,
                update.messages());
    }

    private @Nullable Offered next() {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    return null;
                }
                if (!queue.isEmpty()) {
                    return queue.removeFirst();
                }
                if (ended) {
                    return null;
                }
                news.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }
}
