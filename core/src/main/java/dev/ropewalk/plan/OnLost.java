package dev.ropewalk.plan;

/// What happens to a task whose attempt was lost, because the process that ran it ended.
public enum OnLost {
    /// It is attempted again with the same idempotency key.
    RERUN,
    /// It fails with the code `OUTCOME_UNKNOWN`: at most one attempt ever ran to its end.
    UNKNOWN
}
