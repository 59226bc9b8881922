package dev.ropewalk.execution;

/// Why a task never ran, or why its failure does not count.
public enum SkipReason {
    /// Its `when` did not hold, or that of the gate in front of it.
    WHEN_FALSE(true),
    /// A task before it in its conditional step was chosen.
    NOT_CHOSEN(true),
    /// The task that it would stand in for did not fail.
    NOT_NEEDED(true),
    /// It failed, and its `onFailure` is `skip`.
    FAILURE_TOLERATED(true),
    /// A task that it needs failed.
    UPSTREAM_FAILED(false);

    private static final SkipReason[] ALL = values();

    private final boolean neutral;

    SkipReason(boolean neutral) {
        this.neutral = neutral;
    }

    /// Whether tasks that need it run all the same, with the result null.
    public boolean neutral() {
        return neutral;
    }

    static SkipReason of(byte ordinal) {
        return ALL[ordinal];
    }
}
