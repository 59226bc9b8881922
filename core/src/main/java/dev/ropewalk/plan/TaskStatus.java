package dev.ropewalk.plan;

/// Where a task stands.
public enum TaskStatus {
    /// Waits for other tasks, or for its condition.
    PENDING,
    /// Could start; waits for a slot or for the end of its backoff.
    QUEUED,
    RUNNING,
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    SKIPPED;

    /// Whether it never changes again in its generation.
    public boolean ended() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELLED, TIMED_OUT, SKIPPED -> true;
            case PENDING, QUEUED, RUNNING, PAUSED -> false;
        };
    }
}
