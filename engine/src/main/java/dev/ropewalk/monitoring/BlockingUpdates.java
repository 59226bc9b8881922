package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.Subscription;
import dev.ropewalk.UpdateStream;
import dev.ropewalk.plan.ExecutionStatus;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The updates of one execution for a thread that asks for them one by one.
final class BlockingUpdates implements UpdateStream {

    private static final int CAPACITY = 16;

    private final BlockingQueue<ExecutionUpdate> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Subscription subscription;
    private @Nullable ExecutionUpdate next;
    private boolean ended;
    private volatile boolean closed;

    BlockingUpdates(Function<Consumer<ExecutionUpdate>, Subscription> subscribe) {
        this.subscription = subscribe.apply(this::put);
    }

    private void put(ExecutionUpdate update) {
        try {
            while (!closed && !queue.offer(update, 100, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !ended && !closed) {
                next = queue.poll(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next != null;
    }

    @Override
    public ExecutionUpdate next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the execution has no more updates");
        }
        ExecutionUpdate update = next;
        next = null;
        if (update == null) {
            throw new NoSuchElementException("interrupted while waiting for an update");
        }
        ExecutionStatus status = update.status();
        ended = status.ended();
        return update;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
    }
}
