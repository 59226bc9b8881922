package dev.ropewalk.engine;

import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is due when, soonest first; equal times in the order in which they were set. A timer that has
/// become pointless stays for a while: whoever handles it looks whether it still applies.
final class Timers {

    private static final int SWEEP_MIN = 1_000;

    enum Kind {
        RETRY,
        ATTEMPT_TIMEOUT,
        ABANDON,
        EXECUTION_TIMEOUT,
        DELAY,
        DEADLINE
    }

    record Timer(long due, long order, Kind kind, LiveExecution execution, int task, int attempt)
            implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long order;
    private int sweepAt = SWEEP_MIN;

    void set(long due, Kind kind, LiveExecution execution, int task, int attempt) {
        timers.add(new Timer(due, order++, kind, execution, task, attempt));
    }

    /// The next timer that is due at `now`.
    @Nullable
    Timer take(long now) {
        Timer first = timers.peek();
        return first == null || first.due() > now ? null : timers.poll();
    }

    /// Forgets the timers that no longer apply, if there may be many: attempts are mostly faster than
    /// their timeouts, and an hour of them would not fit in memory. Costs little for each timer that was
    /// set.
    void sweep(Predicate<Timer> pointless) {
        if (timers.size() >= sweepAt) {
            timers.removeIf(pointless);
            sweepAt = Math.max(SWEEP_MIN, 2 * timers.size());
        }
    }

    int size() {
        return timers.size();
    }

    /// When the next timer is due; [Long#MAX_VALUE] if there is none.
    long nextDue() {
        Timer first = timers.peek();
        return first == null ? Long.MAX_VALUE : first.due();
    }
}
