package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// When a task, or a plan as a whole, may run and must have ended, and with whom it shares nothing.
///
/// @param deadline by when it must have ended
/// @param onDeadlineMissed what happens if it has not
/// @param notBefore nothing of it starts earlier
/// @param windows it starts only while one of these is open; none for any time
/// @param exclusive names of locks that only one attempt holds at a time
public record Constraints(
        Optional<Moment> deadline,
        OnDeadlineMissed onDeadlineMissed,
        Optional<Moment> notBefore,
        List<TimeWindow> windows,
        List<String> exclusive) {

    public static final Constraints NONE =
            new Constraints(Optional.empty(), OnDeadlineMissed.WARN, Optional.empty(), List.of(), List.of());

    public Constraints {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(onDeadlineMissed, "onDeadlineMissed");
        Objects.requireNonNull(notBefore, "notBefore");
        windows = List.copyOf(windows);
        exclusive = List.copyOf(exclusive);
    }

    /// Whether it says anything of when something may start.
    public boolean holdsStart() {
        return notBefore.isPresent() || !windows.isEmpty();
    }
}
