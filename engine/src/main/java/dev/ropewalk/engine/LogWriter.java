package dev.ropewalk.engine;

import dev.ropewalk.engine.LogProtocol.Outcome;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of a store that syncs: a platform thread that makes one batch durable at a time, by the
/// [LogProtocol].
final class LogWriter implements Log, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LogProtocol protocol;
    private final Store store;
    private final Thread thread;
    private volatile @Nullable PendingBatch next;
    private volatile boolean closed;

    LogWriter(LogAppender appender, Store store, Inbox inbox, Consumer<StoreException> onFailure) {
        this.protocol = new LogProtocol(appender, inbox, onFailure);
        this.store = store;
        this.thread = Thread.ofPlatform().name("ropewalk-log").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void write(PendingBatch batch) {
        next = batch;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean inline() {
        return false;
    }

    private void run() {
        boolean worked = false;
        long last = System.nanoTime();
        while (true) {
            PendingBatch batch = next;
            if (batch != null) {
                next = null;
                if (!handle(batch)) {
                    return;
                }
                worked = true;
                last = System.nanoTime();
            } else if (closed) {
                return;
            } else if (worked && System.nanoTime() - last >= IDLE_NANOS) {
                store.idle();
                worked = false;
            } else {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
        }
    }

    private boolean handle(PendingBatch batch) {
        Outcome outcome = protocol.write(batch);
        boolean waits = outcome == Outcome.NO_SPACE;
        if (waits) {
            LOG.warn("No space left for the log: nothing more starts until there is");
        }
        while (outcome == Outcome.NO_SPACE) {
            if (closed) {
                outcome = protocol.giveUp();
            } else {
                LockSupport.parkNanos(this, RETRY_NANOS);
                outcome = protocol.retry();
            }
        }
        if (waits && outcome == Outcome.DURABLE) {
            LOG.warn("There is space for the log again, work goes on");
        }
        return outcome == Outcome.DURABLE;
    }

    /// Ends the thread once what was handed over is durable.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
