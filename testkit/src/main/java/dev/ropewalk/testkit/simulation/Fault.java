package dev.ropewalk.testkit.simulation;

/// What may go wrong in a simulated run.
public enum Fault {
    /// The process ends between two steps.
    CRASH,
    /// It ends after it wrote a batch and before that was synced.
    CRASH_BEFORE_SYNC,
    /// It ends when a batch is durable and nobody was told.
    CRASH_AFTER_SYNC,
    /// It ends while it tells.
    CRASH_IN_EFFECTS,
    /// It ends while it opens its store.
    CRASH_WHILE_OPENING,
    /// It ends while it gets back what was unfinished.
    CRASH_IN_RECOVERY,
    /// With the process the machine stops; un-synced sectors are lost, or some of them.
    POWER_CUT,
    /// Of one write some sectors have reached the disk and some have not.
    TORN_WRITE,
    /// A sync fails, and with it the process.
    SYNC_FAILURE,
    DISK_FULL,
    SLOW_DISK,
    /// The wall clock shows another time after a restart.
    CLOCK_JUMP,
    SHUTDOWN,
    /// A process does not go on by itself with what it finds: somebody has to ask for it.
    RESUME_ON_DEMAND,
    /// The next process has other limits.
    OTHER_LIMITS,
    TOOL_FAILURE,
    PERMANENT_FAILURE,
    RETRY_AFTER,
    HANG,
    /// A tool goes on though it was told to stop.
    IGNORED_STOP,
    /// A tool returns a result though it was told to stop.
    RESULT_AFTER_STOP,
    /// A result comes after the engine has given the attempt up.
    LATE_RESULT,
    RESULT_TWICE,
    /// A result is reported for an attempt that is not running.
    FALSE_ATTEMPT,
    /// A tool of a dead process still reports.
    ORPHAN_REPORT,
    SLOW_EVALUATION,
    LARGE_RESULT,
    DUPLICATE_SUBMIT,
    CHANGED_BODY,
    CANCEL,
    /// Somebody cancels what may be about to be accepted.
    EARLY_CANCEL,
    /// Somebody asks to resume what perhaps runs, or has just ended.
    RESUME,
    LOOK,
    /// There is room for few executions, attempts, events and inputs.
    OVERLOAD,
    /// The store never waits, and the loop appends by itself.
    INLINE_LOG
}
