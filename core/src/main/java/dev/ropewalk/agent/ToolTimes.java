package dev.ropewalk.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long calls of each tool take at the usual speed, over all agents: what corrects declared
/// durations, and stands in for those that are not declared.
///
/// An estimate that is wrong by the same factor for everybody would otherwise make agents that were
/// measured look different from those that were not yet.
final class ToolTimes {

    private static final int TOOLS = 1_024;
    private static final double LEAST_SHARE = 0.1;
    private static final double NOMINAL_MICROS = 1e6;

    private static final class Times {
        double mean;
        double factor = 1;
        long calls;
        long declared;
    }

    private final Map<String, Times> tools = new Bounded<>(TOOLS);

    /// @param declaredMicros 0 if it is not declared
    /// @return how long the call is expected to take at the usual speed, in microseconds; more than 0
    double work(String tool, long declaredMicros) {
        return work(tools.get(tool), declaredMicros);
    }

    private static double work(@Nullable Times times, long declaredMicros) {
        if (declaredMicros > 0) {
            return times == null ? declaredMicros : declaredMicros * times.factor;
        }
        return times == null || times.calls == 0 ? NOMINAL_MICROS : times.mean;
    }

    /// Learns from a call, and then says what was to be expected of it.
    ///
    /// @param usualMicros how long it took, as at the usual speed
    double learn(String tool, long declaredMicros, double usualMicros) {
        Times times = tools.computeIfAbsent(tool, _ -> new Times());
        times.mean += share(times.calls++) * (usualMicros - times.mean);
        if (declaredMicros > 0) {
            double factor = Math.clamp(usualMicros / declaredMicros, 1e-3, 1e3);
            times.factor += share(times.declared++) * (factor - times.factor);
        }
        return work(times, declaredMicros);
    }

    /// The first call counts in full, later ones ever less.
    private static double share(long before) {
        return Math.max(LEAST_SHARE, 1.0 / (before + 1));
    }
}
