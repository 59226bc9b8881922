package dev.ropewalk.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The pools and groups of a plan in the making: what the configuration, the plan and its sub-plans
/// declare. Where several of them declare the same name, the strictest holds.
final class SharedDraft {

    private final KnownResources known;
    private final Problems problems;
    private final SequencedMap<String, ResourcePool> pools = new LinkedHashMap<>();
    private final SequencedMap<String, ConcurrencyGroup> groups = new LinkedHashMap<>();

    SharedDraft(KnownResources known, Problems problems) {
        this.known = known;
        this.problems = problems;
    }

    /// Adds what a plan or sub-plan declares.
    void declare(SharedResources shared, Location at) {
        SequencedMap<String, ResourcePool> ownPools = new LinkedHashMap<>();
        for (ResourcePool pool : shared.pools()) {
            if (ownPools.putIfAbsent(pool.name(), pool) != null) {
                twice(pool.name(), "pool", at.key("pools").key(pool.name()));
            }
        }
        SequencedMap<String, ConcurrencyGroup> ownGroups = new LinkedHashMap<>();
        for (ConcurrencyGroup group : shared.groups()) {
            if (ownGroups.putIfAbsent(group.name(), group) != null) {
                twice(group.name(), "group", at.key("groups").key(group.name()));
            }
        }
        ownPools.values().forEach(pool -> join(pool, at.key("pools").key(pool.name())));
        ownGroups.values().forEach(group -> groups.merge(group.name(), group, ConcurrencyGroup::strictest));
    }

    private void join(ResourcePool pool, Location at) {
        ResourcePool other = pools.get(pool.name());
        if (other != null && !other.type().equals(pool.type())) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at.key("type"),
                    "the pool %s has the type %s here and %s in another plan"
                            .formatted(Quoted.of(pool.name()), Quoted.of(pool.type()), Quoted.of(other.type())),
                    "rename one of them, or give both the same type");
            return;
        }
        pools.merge(pool.name(), pool, ResourcePool::strictest);
    }

    private void twice(String name, String what, Location at) {
        problems.add(
                Problem.DUPLICATE_ID,
                at,
                () -> "there are two %ss %s".formatted(what, Quoted.of(name)),
                () -> "rename one of them");
    }

    /// What the plan declares, sub-plans included.
    SharedResources resources(Optional<Budget> budget) {
        return pools.isEmpty() && groups.isEmpty() && budget.isEmpty()
                ? SharedResources.NONE
                : new SharedResources(List.copyOf(pools.values()), List.copyOf(groups.values()), budget);
    }

    /// All pools that a task may use, each as strict as it will be.
    SequencedMap<String, ResourcePool> allPools() {
        SequencedMap<String, ResourcePool> all = new LinkedHashMap<>();
        known.pools().forEach(pool -> all.put(pool.name(), pool));
        pools.forEach((name, pool) -> all.merge(name, pool, ResourcePool::strictest));
        return all;
    }

    /// All groups that a task may name, each as strict as it will be.
    SequencedMap<String, ConcurrencyGroup> allGroups() {
        SequencedMap<String, ConcurrencyGroup> all = new LinkedHashMap<>();
        known.groups().forEach(group -> all.put(group.name(), group));
        groups.forEach((name, group) -> all.merge(name, group, ConcurrencyGroup::strictest));
        return all;
    }
}
