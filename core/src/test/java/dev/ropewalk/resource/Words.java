package dev.ropewalk.resource;

import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.ConcurrencyGroup.Adaptive;
import dev.ropewalk.plan.RateLimit;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Short words for what tests declare and demand.
final class Words {

    static final long SECOND = 1_000_000;
    static final long DAY = 86_400 * SECOND;

    private Words() {}

    static ResourcePool pool(String name, long units) {
        return pool(name, name, units, Map.of(), 0, 0);
    }

    static ResourcePool pool(
            String name, String type, long units, Map<String, String> attributes, long costPerHour, int maxQueued) {
        return new ResourcePool(
                name, type, units * 1_000, "units", attributes, costPerHour, maxQueued, false, 0, Optional.empty());
    }

    static ConcurrencyGroup group(String name, int maxConcurrent) {
        return new ConcurrencyGroup(
                name, maxConcurrent, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ConcurrencyGroup adaptive(String name, int min, int max) {
        return new ConcurrencyGroup(
                name, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new Adaptive(min, max)));
    }

    static ConcurrencyGroup requests(String name, long amount, long period) {
        return new ConcurrencyGroup(
                name,
                0,
                Optional.of(new RateLimit(amount, period)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ConcurrencyGroup tokens(String name, long amount, long period) {
        return new ConcurrencyGroup(
                name,
                0,
                Optional.empty(),
                Optional.of(new RateLimit(amount, period)),
                Optional.empty(),
                Optional.empty());
    }

    static ConcurrencyGroup budgeted(String name, Budget budget) {
        return new ConcurrencyGroup(name, 0, Optional.empty(), Optional.empty(), Optional.of(budget), Optional.empty());
    }

    static Budget money(long micro, Budget.Per per) {
        return new Budget(micro, 0, per, "UTC");
    }

    static SharedResources pools(ResourcePool... pools) {
        return new SharedResources(List.of(pools), List.of(), Optional.empty());
    }

    static SharedResources groups(ConcurrencyGroup... groups) {
        return new SharedResources(List.of(), List.of(groups), Optional.empty());
    }

    static SharedResources budget(Budget budget) {
        return new SharedResources(List.of(), List.of(), Optional.of(budget));
    }

    static ResourceRequirement some(String type, long units) {
        return new ResourceRequirement(type, units * 1_000, 0, ResourceRequirement.DEFAULT_PRIORITY, Map.of());
    }

    static DemandShape needing(ResourceRequirement... requirements) {
        return new DemandShape(List.of(requirements), List.of(), List.of(), 0, 0);
    }

    static DemandShape in(String group) {
        return in(group, 0, 0);
    }

    static DemandShape in(String group, long tokens, long microCost) {
        return new DemandShape(List.of(), List.of(group), List.of(), tokens, microCost);
    }

    static DemandShape costing(long tokens, long microCost) {
        return new DemandShape(List.of(), List.of(), List.of(), tokens, microCost);
    }

    static DemandShape alone(String... locks) {
        return new DemandShape(List.of(), List.of(), List.of(locks), 0, 0);
    }
}
