package dev.ropewalk.execution;

import java.util.List;
import java.util.OptionalDouble;

/// How much of what was reserved of processors and memory was used, where both are known: the pools of
/// type `cpu` (in cores) beside measured `cpu-time` (in ms), and those of type `memory` (in bytes)
/// beside measured peaks.
///
/// Processors: used time over cores times the time that they were held. Memory: the peak over the bytes
/// held, weighted by time. Of the two the mean, if both are known.
public final class Efficiency {

    private double usedCpu;
    private double reservedCpu;
    private double usedMemory;
    private double reservedMemory;

    /// An attempt held `grants` for so long, and reported `usage`.
    public void add(List<ResourceGrant> grants, List<ResourceUse> usage, long heldMicros) {
        for (int i = 0; i < usage.size(); i++) {
            ResourceUse use = usage.get(i);
            switch (use.type()) {
                // Thousandths of ms, and thousandths of cores times µs.
                case "cpu-time" -> {
                    double reserved = reserved(grants, "cpu") / 1e3 * heldMicros;
                    reservedCpu += reserved;
                    usedCpu += reserved == 0 ? 0 : use.milliAmount();
                }
                case "memory" -> {
                    double reserved = (double) reserved(grants, "memory") * heldMicros;
                    reservedMemory += reserved;
                    usedMemory += reserved == 0 ? 0 : (double) use.milliAmount() * heldMicros;
                }
                default -> {}
            }
        }
    }

    private static long reserved(List<ResourceGrant> grants, String type) {
        long amount = 0;
        for (int i = 0; i < grants.size(); i++) {
            ResourceGrant grant = grants.get(i);
            if (grant.kind() == ResourceGrant.Kind.POOL && grant.type().equals(type)) {
                amount = Saturated.add(amount, grant.amount());
            }
        }
        return amount;
    }

    /// From 0 to 1; absent if nothing was both reserved and measured.
    public OptionalDouble value() {
        double sum = 0;
        int known = 0;
        if (reservedCpu > 0) {
            sum += Math.min(1, usedCpu / reservedCpu);
            known++;
        }
        if (reservedMemory > 0) {
            sum += Math.min(1, usedMemory / reservedMemory);
            known++;
        }
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / known);
    }

    @Override
    public String toString() {
        return "cpu %s of %s, memory %s of %s".formatted(usedCpu, reservedCpu, usedMemory, reservedMemory);
    }
}
