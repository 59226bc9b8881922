package dev.ropewalk.resource;

import dev.ropewalk.execution.ResourceGrant;
import java.util.List;

/// What an attempt was given, from [ResourceLedger#take] to [ResourceLedger#release].
public final class Grant implements Taking {

    /// Of a demand for only a slot.
    public static final Grant SLOT = new Grant(Demand.SLOT, new Pool[0]);

    enum Phase {
        GRANTED,
        STARTED,
        RELEASED
    }

    final Demand demand;
    final Pool[] pools;
    private final List<ResourceGrant> log;

    /// What it took of each counter, for the day of which it was.
    final List<SpendingCounter> counters;
    final long[] days;

    /// The windows in which it counts, requests first.
    final List<RateWindow> requests;
    final List<RateWindow> tokens;

    /// How many reservations had been made before.
    final long number;

    Phase phase = Phase.GRANTED;
    long startedAt;

    private Grant(Demand demand, Pool[] pools) {
        this(demand, pools, List.of(), new long[0], List.of(), List.of(), 0);
    }

    Grant(
            Demand demand,
            Pool[] pools,
            List<SpendingCounter> counters,
            long[] days,
            List<RateWindow> requests,
            List<RateWindow> tokens,
            long number) {
        this.number = number;
        this.demand = demand;
        this.pools = pools;
        this.counters = counters;
        this.days = days;
        this.requests = requests;
        this.tokens = tokens;
        this.log = demand.grants(pools);
    }

    public Demand demand() {
        return demand;
    }

    /// As the event of the attempt's start records it; empty for only a slot.
    public List<ResourceGrant> log() {
        return log;
    }
}
