package dev.ropewalk.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Time that moves only when it is told to, and what is to happen in it. For tests of anything that
/// waits: no test sleeps, and a year passes in no time.
///
/// What is due at the same time happens in the order in which it was asked for. Not for use by several
/// threads.
public final class VirtualClock implements InstantSource {

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long now;
    private long order;

    public VirtualClock(Instant start) {
        this.now = ChronoUnit.MICROS.between(Instant.EPOCH, start);
    }

    /// Microseconds since 1970.
    public long micros() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(now, ChronoUnit.MICROS);
    }

    /// Asks for `action` to happen at `micros`, or at once if that has passed.
    public void at(long micros, Runnable action) {
        due.add(new Due(Math.max(now, micros), order++, action));
    }

    /// Asks for `action` to happen in `micros` microseconds.
    public void in(long micros, Runnable action) {
        at(now + micros, action);
    }

    /// Goes on to the next thing that is due and lets it happen.
    ///
    /// @return whether there was one
    public boolean runNext() {
        Due next = due.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.action().run();
        return true;
    }

    /// Lets time pass, and everything happen that becomes due in it.
    public void advance(Duration by) {
        long until = now + by.toNanos() / 1_000;
        for (Due next = due.peek(); next != null && next.at() <= until; next = due.peek()) {
            runNext();
        }
        now = until;
    }

    /// When the next thing is due, in microseconds since 1970; [Long#MAX_VALUE] if there is none.
    public long nextDue() {
        @Nullable Due next = due.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }
}
