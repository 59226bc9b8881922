package dev.ropewalk.strategy;

import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;

/// What a strategy may know of a task that is ready. Valid only during the call that it is passed to.
public interface ReadyTask {

    /// What the plan says of it.
    PlannedTask definition();

    ReadyExecution execution();

    /// As the plan states it, or as it was changed since.
    Priority priority();

    /// What its success is worth, in the user's own unit; 0 if nothing is stated.
    double value();

    /// How long an attempt is expected to take.
    long estimatedMicros();

    /// The longest expected time from its start to the end of the plan along what depends on it, its
    /// own time included: its *upward rank*.
    long upwardMicros();

    /// How likely an attempt is to fail, from 0 to 1.
    double failureRisk();

    /// When it must have ended, in microseconds since 1970; [Long#MAX_VALUE] if there is no deadline.
    long deadline();

    /// The latest time at which it can start and everything still end in time if all takes as long as
    /// expected: its own deadline less its own time, or the execution's less its upward rank,
    /// whichever is earlier; [Long#MAX_VALUE] if neither has a deadline.
    long latestStart();

    /// When it became ready, in microseconds since 1970.
    long queuedAt();

    /// How long it has been ready.
    long waitedMicros();
}
