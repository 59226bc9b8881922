package dev.ropewalk.scheduling;

import java.util.Objects;

/// A task that goes now.
///
/// @param queuedAt since when it was ready
/// @param grant what the gate took for it
/// @param <E> an execution
public record Assignment<E>(E execution, int task, long queuedAt, Object grant) {

    public Assignment {
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(grant, "grant");
    }
}
