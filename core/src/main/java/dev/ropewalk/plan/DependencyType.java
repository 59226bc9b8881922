package dev.ropewalk.plan;

/// What a dependency asks of the task or step that it names, and what it holds until then.
public enum DependencyType {
    /// It must have ended before this one starts.
    FINISH_TO_START,
    /// It must have started before this one starts.
    START_TO_START,
    /// It must have ended before this one completes.
    FINISH_TO_FINISH,
    /// It must have started before this one completes.
    START_TO_FINISH;

    /// Whether it holds the start; if not, the completion.
    public boolean holdsStart() {
        return this == FINISH_TO_START || this == START_TO_START;
    }
}
