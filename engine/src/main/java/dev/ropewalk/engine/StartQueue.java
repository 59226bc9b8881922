package dev.ropewalk.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Which executions run, and which wait for their turn in the order in which they came. Owned by the
/// loop.
final class StartQueue {

    private final int maxActive;
    private final int maxWaiting;
    private final ArrayDeque<LiveExecution> waiting = new ArrayDeque<>();
    private int active;

    StartQueue(Limits limits) {
        this.maxActive = limits.maxConcurrentExecutions();
        this.maxWaiting = limits.maxPendingExecutions();
    }

    /// Whether one more could neither start nor wait.
    boolean isFull() {
        return active >= maxActive && waiting.size() >= maxWaiting;
    }

    int waiting() {
        return waiting.size();
    }

    void add(LiveExecution execution) {
        waiting.addLast(execution);
    }

    /// The next to start, which counts as active from now on; null if none may or none waits.
    @Nullable
    LiveExecution next() {
        if (active >= maxActive || waiting.isEmpty()) {
            return null;
        }
        LiveExecution next = waiting.removeFirst();
        activate(next);
        return next;
    }

    /// Counts an execution as active that has started before, or is cancelled while it waits.
    void activateAtOnce(LiveExecution execution) {
        if (!execution.active) {
            waiting.remove(execution);
            activate(execution);
        }
    }

    void remove(LiveExecution execution) {
        if (execution.active) {
            execution.active = false;
            active--;
        }
    }

    private void activate(LiveExecution execution) {
        execution.active = true;
        active++;
    }
}
