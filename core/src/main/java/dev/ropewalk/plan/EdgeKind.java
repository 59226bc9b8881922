package dev.ropewalk.plan;

/// What an edge of the plan asks of the task it comes from, and what it holds until then. Unless it says
/// otherwise it asks how that task has ended, and holds the start of the task to which it leads.
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
    FALLBACK,
    /// Holds from the first start of the task; if a failure kept it from starting, the target is
    /// skipped because of it.
    START_TO_START,
    /// As [#SUCCESS], but what it holds is the completion.
    FINISH_TO_FINISH,
    /// As [#START_TO_START], but what it holds is the completion.
    START_TO_FINISH;

    /// Whether it holds the completion of its target, not the start.
    public boolean holdsEnd() {
        return this == FINISH_TO_FINISH || this == START_TO_FINISH;
    }

    /// Whether it asks for the start of its origin, not the end.
    public boolean asksForStart() {
        return this == START_TO_START || this == START_TO_FINISH;
    }
}
