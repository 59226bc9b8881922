package dev.ropewalk.plan;

/// Where an execution stands.
public enum ExecutionStatus {
    PENDING,
    QUEUED,
    RUNNING,
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    /// Recovery could not load it; others are not affected.
    QUARANTINED;

    /// Whether it never changes again.
    public boolean ended() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELLED, TIMED_OUT -> true;
            case PENDING, QUEUED, RUNNING, PAUSED, QUARANTINED -> false;
        };
    }
}
