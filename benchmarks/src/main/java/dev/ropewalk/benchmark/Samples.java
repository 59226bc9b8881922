package dev.ropewalk.benchmark;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Medians and percentiles of what was measured.
final class Samples {

    private Samples() {}

    /// The median of `runs` measurements, after one that does not count.
    static double medianOf(int runs, DoubleSupplier measurement) {
        double _ = measurement.getAsDouble();
        double[] values = new double[runs];
        for (int i = 0; i < runs; i++) {
            values[i] = measurement.getAsDouble();
        }
        return percentile(values, 50);
    }

    /// By the nearest rank.
    static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
