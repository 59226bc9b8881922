package dev.ropewalk.plan;

/// What happens when something has not ended by its deadline.
public enum OnDeadlineMissed {
    /// It is recorded, and nothing else.
    WARN,
    /// It ends as timed out, with the code `DEADLINE_MISSED`.
    FAIL,
    /// It has the priority [Priority#CRITICAL] from then on.
    ESCALATE
}
