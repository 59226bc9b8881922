package dev.ropewalk.plan;

/// What a step does when one of its tasks has failed for good.
public enum OnError {
    /// Cancels what runs and fails the execution.
    STOP,
    /// Skips only what needs the failed task; the execution goes on and fails at its end, with the
    /// partial results.
    CONTINUE,
    /// Runs the whole step again, at most `maxRetries` times, then as [#STOP].
    RETRY
}
