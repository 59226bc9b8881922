package dev.ropewalk.tool.system.process;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One costly look at the system, shared by all who asked for it before it began. Whoever asks while
/// a look is going on gets the next one, because the present one may already have missed what he
/// asks about. So many attempts that end together cost two looks, not one each.
final class SharedLook<T> {
    private final Supplier<List<T>> look;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private List<T> latest = List.of();

    SharedLook(Supplier<List<T>> look) {
        this.look = look;
    }

    /// What was seen by a look that began after the call.
    List<T> get() {
        long wanted = begun.get() + 1;
        turn.lock();
        try {
            if (begun.get() < wanted) {
                begun.incrementAndGet();
                latest = look.get();
            }
            return latest;
        } finally {
            turn.unlock();
        }
    }
}
