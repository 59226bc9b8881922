package dev.ropewalk.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;

/// How often each fault has happened.
public final class FaultCounts {

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

    void add(Fault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    public void addAll(FaultCounts others) {
        others.counts.forEach((fault, count) -> counts.merge(fault, count, Long::sum));
    }

    public long of(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
