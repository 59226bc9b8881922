package dev.ropewalk.testkit.disk;

/// The process ends here: what the code above would have done does not happen. Not an exception,
/// because nobody may handle it.
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    /// What the process was about.
    public enum Where {
        OPENING,
        BEFORE_SYNC,
        AFTER_SYNC,
        AFTER_FAILED_SYNC,
        IN_EFFECTS
    }

    private final Where where;

    public SimulatedCrash(Where where) {
        super(where.name(), null, false, false);
        this.where = where;
    }

    public Where where() {
        return where;
    }
}
