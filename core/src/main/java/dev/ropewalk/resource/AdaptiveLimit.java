package dev.ropewalk.resource;

/// A concurrency that follows what calls take and whether they fail.
///
/// Every so many calls as are allowed at once, it is looked at. If one of them failed, the limit
/// becomes three quarters (multiplicative decrease). Else the queue on the called side is estimated from how
/// much longer calls take than at best: `limit * (1 - best / average)`. With less than three waiting there
/// the limit grows by one, provided that it was used; with more than six it shrinks by one. The best
/// time rises slowly, so that a side that has become slower for good is not taken for one that is busy
/// for ever.
///
/// Source of the idea: Brakmo and Peterson, "TCP Vegas", IEEE JSAC 13(8), 1995, as Netflix's
/// concurrency-limits applies it to calls; Chiu and Jain, "Analysis of the Increase and Decrease
/// Algorithms", 1989, for the answer to failures.
final class AdaptiveLimit {

    private static final int FEW = 3;
    private static final int MANY = 6;

    private double limit;
    private double best;
    private int calls;
    private int failures;
    private int mostAtOnce;
    private double latencies;

    AdaptiveLimit(int start) {
        limit = start;
    }

    int limit(int min, int max) {
        limit = Math.clamp(limit, min, max);
        return (int) limit;
    }

    /// @param atOnce how many ran when this one ended, itself included
    void observe(long latencyMicros, boolean failed, int atOnce, int min, int max) {
        calls++;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        if (failed) {
            failures++;
        } else {
            latencies += Math.max(1, latencyMicros);
        }
        if (calls >= limit(min, max)) {
            adjust();
            limit(min, max);
            calls = 0;
            failures = 0;
            mostAtOnce = 0;
            latencies = 0;
        }
    }

    private void adjust() {
        if (failures > 0) {
            limit = limit * 3 / 4;
            return;
        }
        double average = latencies / calls;
        best = best == 0 || average < best ? average : best + (average - best) / 64;
        double waiting = limit * (1 - best / average);
        if (waiting > MANY) {
            limit--;
        } else if (waiting < FEW && mostAtOnce >= (int) limit) {
            limit++;
        }
    }
}
