package dev.ropewalk.testkit.plans;

import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.RateLimit;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What random plans share: the same names with the same limits in all of them, small enough to be in
/// the way.
final class SharingDraft {

    private static final long SECOND = 1_000_000;

    private final SeededRandom random;
    private final Set<Feature> features;

    SharingDraft(SeededRandom random, Set<Feature> features) {
        this.random = random;
        this.features = features;
    }

    private boolean has(Feature feature, int percent) {
        return features.contains(feature) && random.percent(percent);
    }

    /// What every plan with these features declares.
    static SharedResources declared(Set<Feature> features) {
        List<ConcurrencyGroup> groups = new ArrayList<>();
        if (features.contains(Feature.GROUPS)) {
            groups.add(new ConcurrencyGroup(
                    "few", 2, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        if (features.contains(Feature.REQUEST_RATES)) {
            groups.add(new ConcurrencyGroup(
                    "api",
                    0,
                    Optional.of(new RateLimit(3, 5 * SECOND)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        if (features.contains(Feature.TOKENS)) {
            groups.add(new ConcurrencyGroup(
                    "llm",
                    0,
                    Optional.empty(),
                    Optional.of(new RateLimit(100, 10 * SECOND)),
                    Optional.of(new Budget(0, 1_000, Budget.Per.TOTAL, "UTC")),
                    Optional.empty()));
        }
        List<ResourcePool> pools = new ArrayList<>();
        if (features.contains(Feature.POOLS)) {
            pools.add(pool("cpu", "cpu", 3));
            pools.add(pool("small", "gpu", 1));
            pools.add(pool("large", "gpu", 2));
        }
        return groups.isEmpty() && pools.isEmpty()
                ? SharedResources.NONE
                : new SharedResources(pools, groups, Optional.empty());
    }

    private static ResourcePool pool(String name, String type, long units) {
        return new ResourcePool(name, type, units * 1_000, "", Map.of("name", name), 0, 0, false, 0, Optional.empty());
    }

    Needs needs() {
        List<String> groups = new ArrayList<>();
        if (has(Feature.GROUPS, 40)) {
            groups.add("few");
        }
        if (has(Feature.REQUEST_RATES, 40)) {
            groups.add("api");
        }
        long tokens = 0;
        if (has(Feature.TOKENS, 50)) {
            groups.add("llm");
            tokens = random.below(60);
        }
        List<ResourceRequirement> resources = new ArrayList<>();
        if (has(Feature.POOLS, 40)) {
            resources.add(some("cpu", 1 + random.below(3), Map.of()));
        }
        if (has(Feature.POOLS, 20)) {
            boolean large = random.percent(50);
            resources.add(large ? some("gpu", 1 + random.below(2), Map.of("name", "large")) : some("gpu", 1, Map.of()));
        }
        return groups.isEmpty() && resources.isEmpty()
                ? Needs.NONE
                : new Needs(resources, groups, tokens, 0, Optional.empty(), Optional.empty(), false, 0);
    }

    private static ResourceRequirement some(String type, long units, Map<String, String> constraints) {
        return new ResourceRequirement(type, units * 1_000, 0, ResourceRequirement.DEFAULT_PRIORITY, constraints);
    }

    /// Adds the locks that a task takes.
    Constraints alone(Constraints constraints) {
        if (!has(Feature.LOCKS, 40)) {
            return constraints;
        }
        List<String> locks =
                random.percent(25) ? List.of("left", "right") : List.of(random.pick(List.of("left", "right")));
        return new Constraints(
                constraints.deadline(),
                constraints.onDeadlineMissed(),
                constraints.notBefore(),
                constraints.windows(),
                locks);
    }
}
