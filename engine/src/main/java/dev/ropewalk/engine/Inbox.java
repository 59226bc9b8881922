package dev.ropewalk.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What waits for the loop. Any thread may put; one thread takes.
///
/// What comes from outside (submits, cancels) is bounded and refused beyond; what the engine itself
/// reports (outcomes, syncs) is bounded by what it started and always taken. Reports of the log writer
/// have a queue of their own, because they are needed when nothing else may be decided.
public final class Inbox {

    private static final boolean SEVERAL_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final ConcurrentLinkedQueue<LoopInput> inputs = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<LoopInput> urgent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger offered = new AtomicInteger();
    private final int capacity;
    private volatile @Nullable Thread sleeper;

    public Inbox(int capacity) {
        this.capacity = capacity;
    }

    /// Takes an input from outside, unless too many wait already.
    public boolean offer(LoopInput input) {
        if (offered.incrementAndGet() > capacity) {
            offered.decrementAndGet();
            return false;
        }
        inputs.add(input);
        wake();
        return true;
    }

    /// Takes a report of the engine's own.
    public void put(LoopInput input) {
        switch (input) {
            case LoopInput.Synced _, LoopInput.SyncFailed _, LoopInput.Space _ -> urgent.add(input);
            case LoopInput.Submit _, LoopInput.Cancel _, LoopInput.Look _ ->
                throw new IllegalArgumentException("comes from outside and must be offered: " + input);
            case LoopInput.Decide _,
                    LoopInput.Adopt _,
                    LoopInput.LookAll _,
                    LoopInput.ChangeAgents _,
                    LoopInput.Arrange _,
                    LoopInput.Shutdown _ -> inputs.add(input);
        }
        wake();
    }

    @Nullable
    LoopInput take() {
        LoopInput first = urgent.poll();
        if (first != null) {
            return first;
        }
        LoopInput input = inputs.poll();
        if (input != null) {
            switch (input) {
                case LoopInput.Submit _, LoopInput.Cancel _, LoopInput.Look _ -> offered.decrementAndGet();
                case LoopInput.Decide _,
                        LoopInput.Adopt _,
                        LoopInput.LookAll _,
                        LoopInput.ChangeAgents _,
                        LoopInput.Arrange _,
                        LoopInput.Shutdown _,
                        LoopInput.Synced _,
                        LoopInput.SyncFailed _,
                        LoopInput.Space _ -> {}
            }
        }
        return input;
    }

    @Nullable
    LoopInput takeUrgent() {
        return urgent.poll();
    }

    boolean isEmpty() {
        return urgent.isEmpty() && inputs.isEmpty();
    }

    boolean hasUrgent() {
        return !urgent.isEmpty();
    }

    /// Lets the calling thread sleep until something comes, or for `nanos`.
    ///
    /// @param soon whether something is likely to come at once: to wake a thread costs more than to look
    ///     for as long as that takes
    void await(long nanos, boolean soon) {
        if (soon && SEVERAL_PROCESSORS) {
            long end = System.nanoTime() + SPIN_NANOS;
            while (isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        sleeper = Thread.currentThread();
        if (isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    void wake() {
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
