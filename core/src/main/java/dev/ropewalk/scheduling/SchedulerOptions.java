package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// How a [Scheduler] orders.
///
/// @param strategy of executions and pools that have none of their own
/// @param tenantWeights shares of tenants; one that is not named has 1
/// @param reserveAfter how long a lane may be refused before what becomes free is kept for it
public record SchedulerOptions(SchedulingStrategy strategy, Map<String, Double> tenantWeights, Duration reserveAfter) {

    public static final SchedulerOptions DEFAULT =
            new SchedulerOptions(new FirstInFirstOut(), Map.of(), Duration.ofSeconds(1));

    public SchedulerOptions {
        Objects.requireNonNull(strategy, "strategy");
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
    }

    public SchedulerOptions withStrategy(SchedulingStrategy other) {
        return new SchedulerOptions(other, tenantWeights, reserveAfter);
    }

    double weight(String tenant) {
        return tenantWeights.getOrDefault(tenant, 1.0);
    }

    long reserveMicros() {
        return reserveAfter.toNanos() / 1_000;
    }
}
