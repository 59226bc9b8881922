package dev.ropewalk.strategy;

/// What a strategy may know of an execution with ready tasks. Valid only during the call that it is
/// passed to.
public interface ReadyExecution {

    /// Who it belongs to; empty if nobody is stated.
    String tenant();

    /// What its success is worth, in the user's own unit; 0 if nothing is stated.
    double value();

    /// When it must have ended, in microseconds since 1970; [Long#MAX_VALUE] if there is no deadline.
    long deadline();

    /// How much of its expected work is done, from 0 to 1.
    double shareDone();

    /// Whether an attempt of it has been started.
    boolean underWay();

    /// The longest expected time through its plan: the greatest upward rank of its tasks.
    long longestPathMicros();
}
