package dev.ropewalk.testkit.oracle;

import org.jspecify.annotations.Nullable;

/// An invariant does not hold. An error, so that nothing that handles exceptions takes it for one of
/// its own.
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    /// @param invariant its number, such as `I7`
    public Violation(String invariant, String message) {
        super(invariant + ": " + message);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }

    /// @param message with what is known, for [String#format]
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    static void check(boolean holds, String invariant, String message, @Nullable Object... details) {
        if (!holds) {
            throw new Violation(invariant, message.formatted(details));
        }
    }
}
