package dev.ropewalk.resource;

import dev.ropewalk.execution.Saturated;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What others would have to give back so that a demand fits which its pools refuse. Holds as long as
/// nothing is granted or released.
public final class Shortage {

    private final Pool[] pools;
    private final long[] missing;

    private Shortage(Pool[] pools, long[] missing) {
        this.pools = pools;
        this.missing = missing;
    }

    /// Empty if a pool that is short does not let tasks of higher priority stop others.
    static Optional<Shortage> of(Demand demand) {
        Map<Pool, Long> wanted = new LinkedHashMap<>();
        for (int i = 0; i < demand.pools.length; i++) {
            Pool pool = allowingPreemption(demand, i);
            if (pool == null) {
                return Optional.empty();
            }
            wanted.merge(pool, demand.amount(i), Saturated::add);
        }
        Pool[] pools = wanted.keySet().toArray(new Pool[0]);
        long[] missing = new long[pools.length];
        for (int i = 0; i < pools.length; i++) {
            missing[i] = Saturated.add(pools[i].used(), wanted.getOrDefault(pools[i], 0L)) - pools[i].capacity();
            if (missing[i] > 0 && !pools[i].description.preemption()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Shortage(pools, missing));
    }

    /// The first that is large enough and has room, or in which room can be made.
    private static @Nullable Pool allowingPreemption(Demand demand, int requirement) {
        long amount = demand.amount(requirement);
        Pool inWhichRoomCanBeMade = null;
        for (Pool pool : demand.pools[requirement]) {
            if (pool.hasRoom(demand, amount, 0)) {
                return pool;
            }
            if (inWhichRoomCanBeMade == null && pool.description.preemption() && amount <= pool.capacity()) {
                inWhichRoomCanBeMade = pool;
            }
        }
        return inWhichRoomCanBeMade;
    }

    /// By pool how much is missing; what is not more than 0 is not short.
    public long[] missing() {
        return missing.clone();
    }

    /// By pool how much the grant holds.
    public long[] heldBy(Grant grant) {
        long[] held = new long[pools.length];
        for (int i = 0; i < pools.length; i++) {
            for (int k = 0; k < grant.pools.length; k++) {
                held[i] += grant.pools[k] == pools[i] ? grant.demand.amount(k) : 0;
            }
        }
        return held;
    }

    /// The longest time that one of the pools gives an attempt to save a checkpoint.
    public long graceMicros() {
        long grace = 0;
        for (Pool pool : pools) {
            grace = Math.max(grace, pool.description.preemptionGraceMicros());
        }
        return grace;
    }
}
