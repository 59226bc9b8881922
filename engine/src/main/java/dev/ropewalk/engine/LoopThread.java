package dev.ropewalk.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs the loop: a platform thread, because the log writer's native calls would pin a carrier and the
/// loop must not wait for one.
final class LoopThread implements AutoCloseable {

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final Inbox inbox;
    private final WallClock clock;
    private final Consumer<Throwable> onDeath;
    private final Thread thread;
    private volatile boolean closed;

    /// @param onDeath told if the loop ends by itself, which is a bug of the engine's
    LoopThread(Loop loop, Inbox inbox, WallClock clock, Consumer<Throwable> onDeath) {
        this.loop = loop;
        this.inbox = inbox;
        this.clock = clock;
        this.onDeath = onDeath;
        this.thread = Thread.ofPlatform().name("ropewalk-loop").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            decide();
        } catch (RuntimeException | Error e) {
            onDeath.accept(e);
        }
    }

    private void decide() {
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
