package dev.ropewalk.resource;

import dev.ropewalk.execution.Failure;

/// The answer to a demand: all of it, or nothing and why.
public sealed interface Taking permits Grant, Taking.Refused, Taking.Never {

    /// Not now.
    ///
    /// @param resource the first that has no room: when it has again, [ResourceLedger#release] and its
    ///     like name it
    /// @param until when to ask again even if it has not been named, in microseconds since 1970; at that
    ///     time it may be refused once more. [Long#MAX_VALUE] if only a release makes room
    record Refused(Resource resource, long until) implements Taking {}

    /// Not ever: the task fails with this, and is not retried.
    record Never(Failure failure) implements Taking {}
}
