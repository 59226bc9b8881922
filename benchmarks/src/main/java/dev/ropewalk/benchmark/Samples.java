package dev.ropewalk.benchmark;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Medians and percentiles of what was measured.
final class Samples {

    private Samples() {}

    /// The median of some measurements, once the code is warm.
    static double medianOf(Scale scale, DoubleSupplier measurement) {
        warmUp(scale, () -> {
            double _ = measurement.getAsDouble();
        });
        double[] values = new double[scale.runs()];
        for (int i = 0; i < values.length; i++) {
            values[i] = measurement.getAsDouble();
        }
        return percentile(values, 50);
    }

    /// Runs what will be measured, at least once: until the JIT compilers have seen it.
    static void warmUp(Scale scale, Runnable measurement) {
        long end = System.nanoTime() + scale.warmUp().toNanos();
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
