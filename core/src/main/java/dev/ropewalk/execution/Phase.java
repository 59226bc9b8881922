package dev.ropewalk.execution;

import dev.ropewalk.plan.TaskStatus;

/// Where a task stands, finer than [TaskStatus].
public enum Phase {
    /// Waits for edges.
    PENDING(TaskStatus.PENDING),
    /// Its edges hold; its condition or its items are being evaluated.
    EVALUATING(TaskStatus.PENDING),
    /// Its edges are through and nothing else is needed; what follows is decided within the same
    /// batch.
    READY(TaskStatus.PENDING),
    /// Nothing but a point in time holds it: a lag, its earliest start, a window.
    DELAYED(TaskStatus.PENDING),
    QUEUED(TaskStatus.QUEUED),
    BACKING_OFF(TaskStatus.QUEUED),
    RUNNING(TaskStatus.RUNNING),
    /// A `forEach` whose items run.
    EXPANDED(TaskStatus.RUNNING),
    /// Its attempt succeeded, or its items have; its completion waits for other tasks.
    FINISHING(TaskStatus.RUNNING),
    /// Ended without success in a step that is about to run again.
    HELD(TaskStatus.PENDING),
    COMPLETED(TaskStatus.COMPLETED),
    FAILED(TaskStatus.FAILED),
    TIMED_OUT(TaskStatus.TIMED_OUT),
    CANCELLED(TaskStatus.CANCELLED),
    SKIPPED(TaskStatus.SKIPPED);

    private static final Phase[] ALL = values();

    private final TaskStatus status;

    Phase(TaskStatus status) {
        this.status = status;
    }

    public TaskStatus status() {
        return status;
    }

    public boolean ended() {
        return status.ended();
    }

    static Phase of(byte ordinal) {
        return ALL[ordinal];
    }
}
