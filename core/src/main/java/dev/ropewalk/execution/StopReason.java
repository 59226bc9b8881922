package dev.ropewalk.execution;

/// Why a whole execution is brought to its end early.
public enum StopReason {
    /// A task failed whose step says `stop`.
    FAILURE,
    /// Somebody asked for it.
    CANCEL,
    /// The execution's timeout passed.
    TIMEOUT
}
