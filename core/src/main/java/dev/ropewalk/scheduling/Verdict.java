package dev.ropewalk.scheduling;

import java.util.Objects;

/// What a [Gate] answers when a task asks for what it needs.
public sealed interface Verdict {

    /// For a task that needs nothing but a slot.
    Granted SLOT = new Granted(Granted.class);

    Full FULL = new Full();

    /// Everything has been taken.
    ///
    /// @param grant what was taken, for whoever gives it back; nothing of the scheduler's business
    record Granted(Object grant) implements Verdict {
        public Granted {
            Objects.requireNonNull(grant, "grant");
        }
    }

    /// Something shared has no room; nothing has been taken.
    ///
    /// @param resource whose room it is: [Scheduler#released] with the same object has the task tried
    ///     again
    /// @param until when to try again even so, in microseconds since 1970; [Long#MAX_VALUE] if only a
    ///     release helps
    record Refused(Object resource, long until) implements Verdict {
        public Refused {
            Objects.requireNonNull(resource, "resource");
        }
    }

    /// The execution has no room, whatever the task needs: its own limit is reached.
    /// [Scheduler#roomIn] has it tried again.
    record Full() implements Verdict {}
}
