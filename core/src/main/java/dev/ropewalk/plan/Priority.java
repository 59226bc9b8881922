package dev.ropewalk.plan;

/// How much a task matters; data for the scheduler.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    CRITICAL;

    private static final Priority[] ALL = values();

    /// So many levels more, but not beyond the highest.
    public Priority raisedBy(int levels) {
        return ALL[Math.min(ALL.length - 1, ordinal() + levels)];
    }
}
