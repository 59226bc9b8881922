package dev.ropewalk.plan;

/// What an edge of the plan asks of the task it comes from, once that has ended.
public enum EdgeKind {
    /// Holds if the task completed, was skipped without a failure, or its failure was recovered or
    /// tolerated; otherwise the target is skipped because of it.
    SUCCESS,
    /// Holds however the task ended.
    ORDER,
    /// As [#SUCCESS], but a target whose gate was skipped is skipped as well, without a failure.
    GATE,
    /// Holds if the task was skipped because its `when` was false; otherwise the target was not
    /// chosen and is skipped without a failure. Links the tasks of a conditional step.
    CHOICE,
    /// Holds if the task failed; otherwise the target is not needed and is skipped without a failure.
    /// Links a task to its fallback.
    FALLBACK
}
