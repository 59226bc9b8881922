package dev.ropewalk.execution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What one execution has spent and has reserved of tokens and money, by its log alone: as a whole, and
/// in each concurrency group in which its attempts counted.
///
/// Holds memory only for running attempts that were granted something, and for groups.
public final class ExecutionAccount {

    /// Sums of one scope. Settled is for good; reserved becomes settled when its attempt ends.
    public static final class Sums {

        private static final Sums NONE = new Sums();

        private long settledTokens;
        private long settledCost;
        private long reservedTokens;
        private long reservedCost;

        public long settledTokens() {
            return settledTokens;
        }

        /// In millionths of the currency unit.
        public long settledCost() {
            return settledCost;
        }

        public long reservedTokens() {
            return reservedTokens;
        }

        public long reservedCost() {
            return reservedCost;
        }

        private void reserve(Settlement reserved, int sign) {
            reservedTokens += sign * reserved.tokens();
            reservedCost += sign * reserved.microCost();
        }

        private void settle(Settlement used) {
            settledTokens = Saturated.add(settledTokens, used.tokens());
            settledCost = Saturated.add(settledCost, used.microCost());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sums that
                    && settledTokens == that.settledTokens
                    && settledCost == that.settledCost
                    && reservedTokens == that.reservedTokens
                    && reservedCost == that.reservedCost;
        }

        @Override
        public int hashCode() {
            return Objects.hash(settledTokens, settledCost, reservedTokens, reservedCost);
        }

        @Override
        public String toString() {
            return "%d tokens and %d micro settled, %d and %d reserved"
                    .formatted(settledTokens, settledCost, reservedTokens, reservedCost);
        }
    }

    private final Sums whole = new Sums();
    private final Map<String, Sums> groups = new HashMap<>();
    private final Map<Integer, Held> held = new HashMap<>();
    private final Efficiency efficiency = new Efficiency();
    private long holdingCost;

    private record Held(List<ResourceGrant> grants, long since) {}

    /// All that the execution spent.
    public Sums whole() {
        return whole;
    }

    /// What its attempts spent that counted in the group.
    public Sums group(String name) {
        return groups.getOrDefault(name, Sums.NONE);
    }

    /// What the running attempt of a task was granted.
    public List<ResourceGrant> held(int task) {
        Held known = held.get(task);
        return known == null ? List.of() : known.grants;
    }

    /// What it cost to hold amounts of pools, in millionths of the currency unit.
    public long holdingCost() {
        return holdingCost;
    }

    /// Used over reserved.
    public Efficiency efficiency() {
        return efficiency;
    }

    void started(int task, List<ResourceGrant> grants, long at) {
        if (!grants.isEmpty()) {
            held.put(task, new Held(grants, at));
            reserve(grants, 1);
        }
    }

    /// The running attempt of a task ended, and reported `usage`.
    void ended(int task, List<ResourceUse> usage, long at) {
        Held known = held.isEmpty() ? null : held.remove(task);
        if (known == null) {
            if (!usage.isEmpty()) {
                whole.settle(Settlement.of(List.of(), usage));
            }
            return;
        }
        List<ResourceGrant> grants = known.grants;
        reserve(grants, -1);
        efficiency.add(grants, usage, at - known.since);
        Settlement used = Settlement.of(grants, usage);
        whole.settle(used);
        for (ResourceGrant grant : grants) {
            if (grant.kind() == ResourceGrant.Kind.GROUP) {
                groups.computeIfAbsent(grant.name(), _ -> new Sums()).settle(used);
            }
            holdingCost = Saturated.add(holdingCost, grant.microCost(at - known.since));
        }
    }

    private void reserve(List<ResourceGrant> grants, int sign) {
        Settlement reserved = Settlement.reserved(grants);
        whole.reserve(reserved, sign);
        for (ResourceGrant grant : grants) {
            if (grant.kind() == ResourceGrant.Kind.GROUP) {
                groups.computeIfAbsent(grant.name(), _ -> new Sums()).reserve(reserved, sign);
            }
        }
    }

    @Override
    public String toString() {
        return "%s, by group %s, held %s, which cost %d, %s"
                .formatted(whole, new TreeMap<>(groups), new TreeMap<>(held), holdingCost, efficiency);
    }
}
