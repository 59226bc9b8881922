package dev.ropewalk.resource;

/// Keeps a pool used to a part of its capacity, within bounds, and leaves it alone for a while after a
/// change.
///
/// `desired = used / target`, as Kubernetes' horizontal autoscaler has it; if tasks wait though nothing
/// more fits, at least a half more than there is. A difference of less than a tenth is not worth a change.
///
/// @param milliTarget from 1 to 1,000: the part that should be used, in thousandths
/// @param milliMin the least capacity, in thousandths of the unit
/// @param milliMax the greatest capacity
/// @param coolDownMicros between two changes
public record TargetUtilisation(int milliTarget, long milliMin, long milliMax, long coolDownMicros)
        implements Autoscaler {

    public TargetUtilisation {
        if (milliTarget < 1 || milliTarget > 1_000) {
            throw new IllegalArgumentException("a target of %d thousandths; use 1 to 1000".formatted(milliTarget));
        }
        if (milliMin < 0 || milliMax < milliMin) {
            throw new IllegalArgumentException(
                    "a capacity from %d to %d; the first must be the smaller".formatted(milliMin, milliMax));
        }
        if (coolDownMicros < 0) {
            throw new IllegalArgumentException("a cool-down of %d µs; use 0 for none".formatted(coolDownMicros));
        }
    }

    @Override
    public long desired(PoolLoad load, long now) {
        long capacity = load.milliCapacity();
        long bounded = Math.clamp(capacity, milliMin, milliMax);
        if (bounded != capacity) {
            return bounded;
        }
        if (load.resizedAt() != 0 && now - load.resizedAt() < coolDownMicros) {
            return capacity;
        }
        double wanted = load.milliUsed() * 1_000.0 / milliTarget;
        if (load.queued() > 0) {
            wanted = Math.max(wanted, capacity * 1.5);
        }
        if (Math.abs(wanted - capacity) < capacity / 10.0) {
            return capacity;
        }
        return Math.clamp((long) Math.min(Math.ceil(wanted), (double) milliMax), milliMin, milliMax);
    }
}
