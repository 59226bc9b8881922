package dev.ropewalk.testkit.oracle;

import dev.ropewalk.plan.TaskStatus;

/// Where the model sees a task.
enum Stand {
    PENDING(TaskStatus.PENDING),
    /// It waits for a point in time.
    DELAYED(TaskStatus.PENDING),
    QUEUED(TaskStatus.QUEUED),
    BACKING_OFF(TaskStatus.QUEUED),
    RUNNING(TaskStatus.RUNNING),
    /// A `forEach` whose items are under way.
    EXPANDED(TaskStatus.RUNNING),
    /// It has its result, and others hold its completion.
    FINISHING(TaskStatus.RUNNING),
    /// Its attempt has ended, and what follows is not said yet.
    HELD(TaskStatus.PENDING),
    COMPLETED(TaskStatus.COMPLETED),
    FAILED(TaskStatus.FAILED),
    TIMED_OUT(TaskStatus.TIMED_OUT),
    CANCELLED(TaskStatus.CANCELLED),
    SKIPPED(TaskStatus.SKIPPED);

    private final TaskStatus status;

    Stand(TaskStatus status) {
        this.status = status;
    }

    TaskStatus status() {
        return status;
    }

    boolean ended() {
        return ordinal() >= COMPLETED.ordinal();
    }

    boolean failed() {
        return this == FAILED || this == TIMED_OUT;
    }
}
