package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a plan says of the things that its tasks share with others.
///
/// @param budget of one execution, or of all executions of the plan's workflow together
public record SharedResources(List<ResourcePool> pools, List<ConcurrencyGroup> groups, Optional<Budget> budget) {

    public static final SharedResources NONE = new SharedResources(List.of(), List.of(), Optional.empty());

    public SharedResources {
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
        Objects.requireNonNull(budget, "budget");
    }

    /// What is wrong with pools, groups and a budget that are declared outside plans; the paths are those
    /// of a configuration, `pools.cpu.capacity`.
    public List<Problem> problems() {
        Problems problems = new Problems();
        new SharedCheck(problems, NotBuiltYet.PARTS).shared(this, Location.ROOT);
        new SharedDraft(KnownResources.NONE, problems).declare(this, Location.ROOT);
        return problems.listed();
    }
}
