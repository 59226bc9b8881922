package dev.ropewalk.resource;

import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.Saturated;
import dev.ropewalk.plan.ResourcePool;
import java.util.ArrayList;
import java.util.List;

/// An amount that attempts hold while they run. The first to declare it says what it is; of the
/// capacities the smallest holds.
final class Pool {

    private static final int NOT_CONFIGURED = -1;

    /// Whoever waits, waits for any pool of the type.
    record Type(String name) implements Resource {
        @Override
        public Kind kind() {
            return Kind.POOL;
        }
    }

    final ResourcePool description;
    final Type type;
    final Holds holds = new Holds();
    final Strictest capacities = new Strictest();
    final Strictest queueLimits = new Strictest();

    /// What the configuration says, or who resized it since.
    private long configured = NOT_CONFIGURED;

    private final List<Object> configurations = new ArrayList<>(0);

    private long used;
    int queued;

    Pool(ResourcePool description, Type type) {
        this.description = description;
        this.type = type;
    }

    String name() {
        return description.name();
    }

    void declare(Object owner, ResourcePool declared, boolean byConfiguration) {
        if (byConfiguration) {
            configurations.add(owner);
            configured = declared.milliCapacity();
        } else {
            capacities.add(declared.milliCapacity());
        }
        if (declared.maxQueued() > 0) {
            queueLimits.add(declared.maxQueued());
        }
    }

    void withdraw(Object owner, ResourcePool declared) {
        if (configurations.remove(owner)) {
            configured = configurations.isEmpty() ? NOT_CONFIGURED : configured;
        } else {
            capacities.remove(declared.milliCapacity());
        }
        if (declared.maxQueued() > 0) {
            queueLimits.remove(declared.maxQueued());
        }
    }

    void resize(long milliCapacity) {
        configured = milliCapacity;
    }

    long capacity() {
        return configured == NOT_CONFIGURED ? capacities.least() : Math.min(configured, capacities.least());
    }

    /// The most that it could have once others are gone.
    long greatestCapacity() {
        long declared = capacities.isEmpty() ? 0 : capacities.greatest();
        return Math.max(configured, declared);
    }

    long used() {
        return used;
    }

    /// @param beside what the same demand takes of it already
    boolean hasRoom(Demand demand, long amount, long beside) {
        long capacity = capacity();
        long together = Saturated.add(beside, amount);
        return Saturated.add(used, together) <= capacity && holds.leaveRoom(demand, together, capacity);
    }

    void take(long amount) {
        used += amount;
        holds.granted(amount);
    }

    void release(long amount, long grant) {
        used -= amount;
        holds.released(amount, grant);
    }

    ResourceGrant grant(long amount) {
        double cost = description.microCostPerUnitHour() * (amount / 1e3);
        return new ResourceGrant(
                ResourceGrant.Kind.POOL, name(), amount, description.type(), description.unit(), Math.round(cost));
    }

    boolean isIdle() {
        return used == 0 && holds.isEmpty() && configured == NOT_CONFIGURED && capacities.isEmpty();
    }

    boolean isFull() {
        return queued >= queueLimits.least();
    }
}
