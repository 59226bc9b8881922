package dev.ropewalk.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A resource with a capacity that the tasks of all executions share by its name.
///
/// Where several plans, or a plan and the configuration, declare the same pool, the smallest capacity
/// holds while they are there.
///
/// @param type what requirements ask for; usually the name
/// @param milliCapacity in thousandths of the unit
/// @param unit of amounts: `cores`, `bytes`, `licences`; for people
/// @param attributes what requirements' constraints are matched against
/// @param microCostPerUnitHour what holding one unit for an hour costs
/// @param maxQueued how many tasks may wait for it before submits are refused; 0 for any number
/// @param preemption whether tasks of higher priority may stop preemptible ones that hold it
/// @param preemptionGraceMicros how long an attempt has to save a checkpoint
/// @param strategy the order of tasks that wait for it; empty for the engine's
public record ResourcePool(
        String name,
        String type,
        long milliCapacity,
        String unit,
        Map<String, String> attributes,
        long microCostPerUnitHour,
        int maxQueued,
        boolean preemption,
        long preemptionGraceMicros,
        Optional<String> strategy) {

    public ResourcePool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
        attributes = Map.copyOf(attributes);
        Objects.requireNonNull(strategy, "strategy");
    }

    /// A pool of its own type.
    ///
    /// @param capacity such as `8`, `1.5` or `16GiB`; a size is counted in bytes
    /// @throws IllegalArgumentException if that is no amount
    public static ResourcePool of(String name, String capacity) {
        String unit = Quantity.isSize(capacity) ? "bytes" : "";
        long milli = Quantity.exactly(capacity, Quantity.MILLI);
        return new ResourcePool(name, name, milli, unit, Map.of(), 0, 0, false, 0, Optional.empty());
    }

    public ResourcePool withType(String value) {
        return new ResourcePool(
                name,
                value,
                milliCapacity,
                unit,
                attributes,
                microCostPerUnitHour,
                maxQueued,
                preemption,
                preemptionGraceMicros,
                strategy);
    }

    public ResourcePool withAttributes(Map<String, String> values) {
        return new ResourcePool(
                name,
                type,
                milliCapacity,
                unit,
                values,
                microCostPerUnitHour,
                maxQueued,
                preemption,
                preemptionGraceMicros,
                strategy);
    }

    /// @param money that one unit costs for each `time` in which it is held
    /// @throws IllegalArgumentException if that is no amount of money, or the time is not positive
    public ResourcePool withCost(BigDecimal money, Duration time) {
        return new ResourcePool(
                name,
                type,
                milliCapacity,
                unit,
                attributes,
                perHour(money, time),
                maxQueued,
                preemption,
                preemptionGraceMicros,
                strategy);
    }

    public ResourcePool withMaxQueued(int tasks) {
        return new ResourcePool(
                name,
                type,
                milliCapacity,
                unit,
                attributes,
                microCostPerUnitHour,
                tasks,
                preemption,
                preemptionGraceMicros,
                strategy);
    }

    /// @param grace how long an attempt has to save a checkpoint
    public ResourcePool withPreemption(Duration grace) {
        return new ResourcePool(
                name,
                type,
                milliCapacity,
                unit,
                attributes,
                microCostPerUnitHour,
                maxQueued,
                true,
                grace.toNanos() / 1_000,
                strategy);
    }

    public ResourcePool withStrategy(String value) {
        return new ResourcePool(
                name,
                type,
                milliCapacity,
                unit,
                attributes,
                microCostPerUnitHour,
                maxQueued,
                preemption,
                preemptionGraceMicros,
                Optional.of(value));
    }

    /// The price of an hour, in millionths, rounded up so that nothing is free.
    ///
    /// @throws IllegalArgumentException if `money` has more than six decimals or is too large, or the
    ///     time is not positive
    public static long perHour(BigDecimal money, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("a cost is for a time longer than zero, not " + time);
        }
        BigDecimal micros = BigDecimal.valueOf(Quantity.exactly(money, Quantity.MICRO));
        BigDecimal nanos = BigDecimal.valueOf(time.getSeconds())
                .multiply(BigDecimal.valueOf(1_000_000_000))
                .add(BigDecimal.valueOf(time.getNano()));
        BigDecimal hour = BigDecimal.valueOf(3_600_000_000_000L);
        return Quantity.exactly(micros.multiply(hour).divide(nanos, 0, RoundingMode.CEILING), 0);
    }

    /// What holds while both declare the same pool: the smaller capacity and queue, the higher cost, the
    /// longer grace, preemption only if both allow it; name, type and whatever only one says from this.
    public ResourcePool strictest(ResourcePool other) {
        return new ResourcePool(
                name,
                type,
                Math.min(milliCapacity, other.milliCapacity),
                unit.isEmpty() ? other.unit : unit,
                attributes.isEmpty() ? other.attributes : attributes,
                Math.max(microCostPerUnitHour, other.microCostPerUnitHour),
                least(maxQueued, other.maxQueued),
                preemption && other.preemption,
                Math.max(preemptionGraceMicros, other.preemptionGraceMicros),
                strategy.or(other::strategy));
    }

    /// The smaller one; 0 is none.
    private static int least(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
