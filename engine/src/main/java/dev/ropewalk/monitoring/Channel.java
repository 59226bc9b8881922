package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Follows one execution for everybody who watches it, on a virtual thread of its own.
///
/// Whoever publishes only adds to a bounded queue. If that overflows, what was dropped is read from the
/// log: durable events are always there. Reports (progress, messages) lead to an update as well, but
/// not more often than [#REPORT_INTERVAL_MILLIS].
final class Channel {

    private static final int MAX_QUEUED = 1_024;
    private static final long REPORT_INTERVAL_MILLIS = 100;

    private record Published(long firstSeq, List<LogEvent> events) {}

    private final LogReader log;
    private final long execution;
    private final WatchedExecution watched;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ArrayDeque<Published> queue = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private boolean reported;
    private boolean closed;

    Channel(LogReader log, long execution, ExecutionPlan plan, LiveReports reports, LongSupplier clock) {
        this.log = log;
        this.execution = execution;
        this.watched = new WatchedExecution(plan, reports);
        this.clock = clock;
    }

    void start(Runnable whenDone) {
        Thread.ofVirtual().name("ropewalk-watch").start(() -> {
            try {
                run();
            } finally {
                whenDone.run();
            }
        });
    }

    /// Events have become durable.
    void published(long firstSeq, List<LogEvent> events) {
        lock.lock();
        try {
            if (queue.size() < MAX_QUEUED) {
                queue.addLast(new Published(firstSeq, events));
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// An attempt has reported something.
    void reported() {
        lock.lock();
        try {
            reported = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// @return false if the channel has ended, so that another is needed
    boolean add(Subscriber subscriber) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            subscribers.add(subscriber);
            news.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(Subscriber subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        log.forEach(execution, 1, watched::follow);
        // Who subscribes reads these from the log: how many he wants is his business.
        watched.forgetEvents();
        while (true) {
            List<Published> published = await();
            if (published == null) {
                end();
                return;
            }
            long seen = watched.seq();
            follow(published);
            ExecutionUpdate update = watched.update(seen, clock.getAsLong());
            deliver(update, watched.seq(), watched.ended());
            if (watched.ended()) {
                return;
            }
        }
    }

    private void follow(List<Published> published) {
        for (Published part : published) {
            if (part.firstSeq() > watched.seq() + 1) {
                log.forEach(execution, watched.seq() + 1, watched::follow);
            }
            for (int i = (int) Math.max(0, watched.seq() + 1 - part.firstSeq());
                    i < part.events().size();
                    i++) {
                watched.follow(part.events().get(i));
            }
        }
    }

    /// Waits for something to tell; null when nobody listens any more.
    private @Nullable List<Published> await() {
        lock.lock();
        try {
            while (true) {
                if (closed || (subscribers.isEmpty() && !watched.ended())) {
                    closed = true;
                    return null;
                }
                boolean late = subscribers.stream().anyMatch(subscriber -> subscriber.needsStart());
                if (!queue.isEmpty() || late || watched.ended()) {
                    List<Published> all = List.copyOf(queue);
                    queue.clear();
                    return all;
                }
                if (reported && news.awaitNanos(TimeUnit.MILLISECONDS.toNanos(REPORT_INTERVAL_MILLIS)) <= 0) {
                    reported = false;
                    return List.of();
                }
                if (!reported) {
                    news.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// The last update and the end come together: who joins between the two would get neither.
    private void deliver(ExecutionUpdate update, long seq, boolean last) {
        lock.lock();
        try {
            subscribers.forEach(subscriber -> subscriber.offer(update, seq));
            if (last) {
                closed = true;
                subscribers.forEach(Subscriber::end);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
            subscribers.forEach(Subscriber::end);
        } finally {
            lock.unlock();
        }
    }
}
