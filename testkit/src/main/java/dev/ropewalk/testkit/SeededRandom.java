package dev.ropewalk.testkit;

import java.util.List;

/// Random numbers that depend on nothing but their seed, in every JDK. Not for use by several threads,
/// and not for secrets.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014
/// (SplitMix64).
public final class SeededRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SeededRandom(long seed) {
        this.state = seed;
    }

    /// One that depends on all of `keys` and on their order.
    public static SeededRandom of(long... keys) {
        long seed = GOLDEN_GAMMA;
        for (long key : keys) {
            seed = mix(seed ^ mix(key + GOLDEN_GAMMA));
        }
        return new SeededRandom(seed);
    }

    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /// From 0 to `bound - 1`, evenly but for a deviation that no test notices.
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /// From `low` to `high`, both included.
    public long between(long low, long high) {
        return low + Long.remainderUnsigned(next(), high - low + 1);
    }

    public boolean percent(int chance) {
        return below(100) < chance;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /// From `low` to `high`, where small values are as likely as large ones: each power of two between
    /// them has the same chance.
    public long skewed(long low, long high) {
        double spread = Math.log((double) high / low);
        double unit = (next() >>> 11) * 0x1.0p-53;
        return Math.clamp((long) (low * StrictMath.exp(unit * spread)), low, high);
    }

    /// Another one, independent of this one's further numbers.
    public SeededRandom fork(long key) {
        return of(state, key);
    }

    private static long mix(long bits) {
        long z = bits;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
