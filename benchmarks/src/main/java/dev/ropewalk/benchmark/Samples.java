package dev.ropewalk.benchmark;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// Medians and percentiles of what was measured.
final class Samples {

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Samples() {}

    /// The median of `runs` measurements, once the code is warm.
    static double medianOf(int runs, DoubleSupplier measurement) {
        warmUp(() -> {
            double _ = measurement.getAsDouble();
        });
        double[] values = new double[runs];
        for (int i = 0; i < runs; i++) {
            values[i] = measurement.getAsDouble();
        }
        return percentile(values, 50);
    }

    /// Runs what will be measured, at least once and for about two seconds: until the JIT compilers have
    /// seen it.
    static void warmUp(Runnable measurement) {
        long end = System.nanoTime() + WARM_UP_NANOS;
        do {
            measurement.run();
        } while (System.nanoTime() < end);
    }

    /// By the nearest rank.
    static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
