package dev.ropewalk.execution;

/// Why a task that could go on waits for a point in time.
public enum DelayReason {
    /// A lag after what it depends on.
    LAG,
    /// It, or the whole plan, is not to start before.
    NOT_BEFORE,
    /// None of its windows, or of the plan's, is open.
    WINDOW
}
