package dev.ropewalk.engine;

import java.util.concurrent.TimeUnit;

/// Runs the loop: a platform thread, because the log writer's native calls would pin a carrier and the
/// loop must not wait for one.
final class LoopThread implements AutoCloseable {

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final Inbox inbox;
    private final WallClock clock;
    private final Thread thread;
    private volatile boolean closed;

    LoopThread(Loop loop, Inbox inbox, WallClock clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("ropewalk-loop").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            long next = loop.step(clock.micros());
            long wait = next == Long.MAX_VALUE
                    ? LONGEST_SLEEP_NANOS
                    : Math.min(LONGEST_SLEEP_NANOS, (next - clock.micros()) * 1_000);
            if (wait > 0) {
                inbox.await(wait, !loop.writing());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        inbox.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(100);
                inbox.wake();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
