package dev.ropewalk;

import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.Ordering;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.strategy.StrategyRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// How an engine orders its work, and what there is to share among all of it.
///
/// @param shared the pools and groups that plans may name without declaring them
/// @param strategy the order of ready tasks; empty for the usual one
/// @param tenants the weight of each tenant, 1 to 1,000; those that are not named have weight 1
/// @param rules when another strategy takes the place of the engine's; the first that holds
public record SchedulingOptions(
        SharedResources shared,
        Optional<String> strategy,
        SequencedMap<String, Integer> tenants,
        List<StrategyRule> rules) {

    /// The greatest weight of a tenant.
    public static final int MOST_WEIGHT = 1_000;

    public static final SchedulingOptions DEFAULT =
            new SchedulingOptions(SharedResources.NONE, Optional.empty(), new LinkedHashMap<>());

    public SchedulingOptions(SharedResources shared, Optional<String> strategy, SequencedMap<String, Integer> tenants) {
        this(shared, strategy, tenants, List.of());
    }

    public SchedulingOptions {
        rules = List.copyOf(rules);
        Objects.requireNonNull(shared, "shared");
        Objects.requireNonNull(strategy, "strategy");
        tenants = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tenants));
    }

    public SchedulingOptions withPool(ResourcePool pool) {
        List<ResourcePool> pools = new ArrayList<>(shared.pools());
        pools.add(pool);
        return new SchedulingOptions(
                new SharedResources(pools, shared.groups(), shared.budget()), strategy, tenants, rules);
    }

    public SchedulingOptions withGroup(ConcurrencyGroup group) {
        List<ConcurrencyGroup> groups = new ArrayList<>(shared.groups());
        groups.add(group);
        return new SchedulingOptions(
                new SharedResources(shared.pools(), groups, shared.budget()), strategy, tenants, rules);
    }

    public SchedulingOptions withStrategy(String name) {
        return new SchedulingOptions(shared, Optional.of(name), tenants, rules);
    }

    public SchedulingOptions withTenant(String name, int weight) {
        SequencedMap<String, Integer> more = new LinkedHashMap<>(tenants);
        more.put(name, weight);
        return new SchedulingOptions(shared, strategy, more, rules);
    }

    public SchedulingOptions withRule(StrategyRule rule) {
        List<StrategyRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new SchedulingOptions(shared, strategy, tenants, more);
    }

    /// What is wrong with it; the paths are those of the configuration, `pools.cpu.capacity`. Whether there
    /// is such a strategy is for the engine to say.
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(shared.problems());
        problems.addAll(new Ordering(strategy, "", 0).problems());
        for (Map.Entry<String, Integer> tenant : tenants.entrySet()) {
            new Ordering(Optional.empty(), tenant.getKey(), 0)
                    .problems()
                    .forEach(problem -> problems.add(at("tenants", problem)));
            if (tenant.getKey().isEmpty() || tenant.getValue() < 1 || tenant.getValue() > MOST_WEIGHT) {
                problems.add(new Problem(
                        Problem.INVALID_VALUE,
                        "tenants." + tenant.getKey(),
                        "%d is not the weight of a tenant".formatted(tenant.getValue()),
                        "write `name: weight` with a weight from 1 to 1,000"));
            }
        }
        return problems;
    }

    private static Problem at(String path, Problem problem) {
        return new Problem(problem.code(), path, problem.message(), problem.remedy());
    }
}
