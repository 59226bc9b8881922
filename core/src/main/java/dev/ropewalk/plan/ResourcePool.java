package dev.ropewalk.plan;

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
}
