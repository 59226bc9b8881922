package dev.ropewalk.execution;

/// Sums that stop at the greatest number instead of turning negative: who reports 2^63 tokens has
/// spent every budget, and gets none back.
public final class Saturated {

    private Saturated() {}

    /// The sum of two numbers from 0.
    public static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
