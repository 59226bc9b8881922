package dev.ropewalk.engine;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log of a store that syncs: a platform thread that makes one batch durable at a time.
///
/// No space left: the batch is kept and tried again unchanged, and meanwhile the loop decides nothing.
/// Any other failure is final, above all a failed sync: the kernel may have dropped what it could not
/// write, so trying again could report success for lost data.
/// Source: Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020.
final class LogWriter implements Log, AutoCloseable {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LogAppender appender;
    private final Store store;
    private final Inbox inbox;
    private final Consumer<StoreException> onFailure;
    private final Thread thread;
    private volatile @Nullable PendingBatch next;
    private volatile boolean closed;

    LogWriter(LogAppender appender, Store store, Inbox inbox, Consumer<StoreException> onFailure) {
        this.appender = appender;
        this.store = store;
        this.inbox = inbox;
        this.onFailure = onFailure;
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
        while (true) {
            PendingBatch batch = next;
            if (batch != null) {
                next = null;
                if (!handle(batch)) {
                    return;
                }
                worked = true;
            } else if (closed) {
                return;
            } else {
                LockSupport.parkNanos(this, IDLE_NANOS);
                if (worked && next == null) {
                    store.idle();
                    worked = false;
                }
            }
        }
    }

    private boolean handle(PendingBatch batch) {
        try {
            Batch encoded = appender.encode(batch);
            append(encoded);
            appender.release(batch);
            inbox.put(new LoopInput.Synced(batch));
            return true;
        } catch (StoreException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new StoreException(StoreException.Kind.FAILED, "the log cannot be written: " + e, e));
        }
        return false;
    }

    private void append(Batch encoded) {
        boolean full = false;
        while (true) {
            try {
                appender.append(encoded);
                if (full) {
                    inbox.put(new LoopInput.Space(false));
                }
                return;
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.FULL || closed) {
                    throw e;
                }
                if (!full) {
                    full = true;
                    inbox.put(new LoopInput.Space(true));
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    private void fail(StoreException cause) {
        onFailure.accept(cause);
        inbox.put(new LoopInput.SyncFailed(cause));
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
