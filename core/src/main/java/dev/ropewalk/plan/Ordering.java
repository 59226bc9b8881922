package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a plan says of the order of its tasks among others.
///
/// @param strategy the name of the strategy for its executions; empty for the engine's
/// @param tenant on whose behalf it runs; tenants share the engine by weight
/// @param milliValue what its completion is worth, in thousandths
public record Ordering(Optional<String> strategy, String tenant, long milliValue) {

    public static final Ordering NONE = new Ordering(Optional.empty(), "", 0);

    public Ordering {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(tenant, "tenant");
    }

    /// What is wrong with an order that is declared outside plans. Whether there is such a strategy only
    /// an engine knows.
    public List<Problem> problems() {
        Problems problems = new Problems();
        new SharedCheck(problems, NotBuiltYet.PARTS).ordering(this, Location.ROOT);
        return problems.listed();
    }
}
