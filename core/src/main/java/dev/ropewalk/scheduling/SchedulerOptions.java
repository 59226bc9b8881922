package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.strategy.StrategyRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a [Scheduler] orders.
///
/// @param strategy of executions and pools that have none of their own
/// @param strategies those that executions and pools may name
/// @param tenantWeights shares of tenants; one that is not named has 1
/// @param reserveAfter how long a lane may be refused before what becomes free is kept for it
/// @param rules when another strategy takes the place of `strategy`; the first that holds
/// @param switchPause how long a strategy stays at least before a rule may change it
public record SchedulerOptions(
        SchedulingStrategy strategy,
        Strategies strategies,
        Map<String, Double> tenantWeights,
        Duration reserveAfter,
        List<StrategyRule> rules,
        Duration switchPause) {

    public static final SchedulerOptions DEFAULT = new SchedulerOptions(
            new FirstInFirstOut(),
            Strategies.builtIn(),
            Map.of(),
            Duration.ofSeconds(1),
            List.of(),
            Duration.ofSeconds(10));

    public SchedulerOptions {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(strategies, "strategies");
        tenantWeights = Map.copyOf(tenantWeights);
        tenantWeights.forEach((tenant, weight) -> {
            if (!(weight > 0) || weight.isInfinite()) {
                throw new IllegalArgumentException(
                        "the weight of tenant \"%s\" is %s; it must be a number greater than 0"
                                .formatted(tenant, weight));
            }
        });
        if (reserveAfter.isNegative()) {
            throw new IllegalArgumentException("reserveAfter is %s; it must not be negative".formatted(reserveAfter));
        }
        rules = List.copyOf(rules);
        if (switchPause.isNegative()) {
            throw new IllegalArgumentException("switchPause is %s; it must not be negative".formatted(switchPause));
        }
    }

    public SchedulerOptions withStrategy(SchedulingStrategy other) {
        return new SchedulerOptions(other, strategies, tenantWeights, reserveAfter, rules, switchPause);
    }

    public SchedulerOptions withStrategies(Strategies all) {
        return new SchedulerOptions(strategy, all, tenantWeights, reserveAfter, rules, switchPause);
    }

    public SchedulerOptions withTenantWeights(Map<String, Double> weights) {
        return new SchedulerOptions(strategy, strategies, weights, reserveAfter, rules, switchPause);
    }

    public SchedulerOptions withReserveAfter(Duration time) {
        return new SchedulerOptions(strategy, strategies, tenantWeights, time, rules, switchPause);
    }

    public SchedulerOptions withRules(List<StrategyRule> newRules) {
        return new SchedulerOptions(strategy, strategies, tenantWeights, reserveAfter, newRules, switchPause);
    }

    double weight(String tenant) {
        return tenantWeights.getOrDefault(tenant, 1.0);
    }

    long switchPauseMicros() {
        return switchPause.toNanos() / 1_000;
    }

    long reserveMicros() {
        return reserveAfter.toNanos() / 1_000;
    }
}
