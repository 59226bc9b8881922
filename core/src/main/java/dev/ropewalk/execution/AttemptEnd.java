package dev.ropewalk.execution;

/// Why an attempt ended without an outcome.
public enum AttemptEnd {
    /// The process that ran it is gone.
    LOST,
    /// The engine was shut down in order.
    SHUTDOWN,
    /// It gave way to a task of higher priority.
    PREEMPTED,
    /// The task missed its deadline and fails.
    DEADLINE,
    /// Its step runs again.
    STEP_RETRY,
    /// The execution is being stopped.
    CANCELLED
}
