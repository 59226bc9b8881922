package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.SchedulingStrategy;

/// A rank as time: by how much a task is treated as if it had waited longer, in units of 64 µs, so
/// that it fits an int. A task's key is the time at which it was queued less its head start; the
/// lowest key goes first, and time leaves the order as it is.
final class HeadStart {

    private static final int SHIFT = 6;
    private static final double UNITS_PER_SECOND = 1e6 / (1 << SHIFT);
    private static final double MOST = SchedulingStrategy.MAX_HEAD_START_SECONDS * UNITS_PER_SECOND;

    private HeadStart() {}

    /// How many units a rank of 1 is worth.
    ///
    /// @param slope the rank of a second of waiting
    static double scale(double slope) {
        return UNITS_PER_SECOND / slope;
    }

    /// @param base a rank; what is not a number counts as 0
    static int of(double base, double scale) {
        double units = base * scale;
        return (int) Math.clamp(Double.isNaN(units) ? 0 : units, -MOST, MOST);
    }

    static long key(long queuedAt, int headStart) {
        return queuedAt - micros(headStart);
    }

    static long micros(int headStart) {
        return (long) headStart << SHIFT;
    }
}
