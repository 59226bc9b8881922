package dev.ropewalk.strategy;

import java.util.Objects;

/// One reason for a task's rank.
///
/// @param name what it is about
/// @param weight how much it counts
/// @param value how strongly it holds for the task
public record Factor(String name, double weight, double value) {

    public Factor {
        Objects.requireNonNull(name, "name");
    }

    /// What the time that a task has waited adds to its rank.
    ///
    /// @param slope the rank that a second is worth
    static Factor waiting(double slope, long waitedMicros) {
        return new Factor("waiting", slope, waitedMicros / 1e6);
    }

    /// What it adds to the rank.
    public double contribution() {
        return weight * value;
    }
}
