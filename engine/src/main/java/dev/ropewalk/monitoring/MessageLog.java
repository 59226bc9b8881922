package dev.ropewalk.monitoring;

import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps messages in the store, at best effort: they are written some at a time by a thread of its own,
/// and dropped (and counted) when they come faster than that. Safe for use by several threads.
final class MessageLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MessageLog.class);
    private static final int CAPACITY = 10_000;
    private static final int PAGE = 500;
    private static final int MAX_CHARS = 8 * 1024;

    private final Store store;
    private final BlockingQueue<MessageRow> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    MessageLog(Store store) {
        this.store = store;
        this.thread = Thread.ofPlatform().name("ropewalk-messages").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(MessageRow row) {
        MessageRow bounded = row.text().length() <= MAX_CHARS ? row : shortened(row);
        if (!queue.offer(bounded)) {
            dropped.incrementAndGet();
        }
    }

    private static MessageRow shortened(MessageRow row) {
        return new MessageRow(
                row.number(),
                row.execution(),
                row.taskPath(),
                row.attempt(),
                row.at(),
                row.level(),
                row.text().substring(0, MAX_CHARS)
                        + "… [%d characters in all]".formatted(row.text().length()));
    }

    private void run() {
        List<MessageRow> rows = new ArrayList<>(PAGE);
        while (true) {
            try {
                MessageRow first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closed) {
                        return;
                    }
                    continue;
                }
                rows.add(first);
                queue.drainTo(rows, PAGE - 1);
                store.addMessages(rows);
            } catch (InterruptedException e) {
                return;
            } catch (StoreException e) {
                LOG.warn("Messages could not be kept count={} code={}", rows.size(), e.code());
            } finally {
                rows.clear();
            }
        }
    }

    /// Ends the thread once what was added is written.
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (dropped.get() > 0) {
            LOG.warn("Messages came faster than they could be kept dropped={}", dropped.get());
        }
    }
}
