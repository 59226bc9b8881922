package dev.ropewalk.agent;

import dev.ropewalk.agent.AgentStanding.Measure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was measured of one agent: per tool, how often its calls succeed, and how much slower than
/// declared it is. Exponentially weighted; what is not confirmed for long counts less and less, so that
/// an agent that did badly is tried again.
final class Experience {

    private static final int TOOLS = 64;
    private static final double SUCCESS_SHARE = 0.1;
    private static final double TIME_SHARE = 0.2;
    private static final double LEAST_SUCCESS = 0.05;
    private static final double MOST_DEVIATION = 64;

    private static final class Calls {
        double success = 1;
        double slowness = 1;
        long count;
        long last;
    }

    private final Map<String, Calls> tools = new Bounded<>(TOOLS);
    private final long forgetMicros;

    // Of the tool that was looked up last.

    /// The part of its calls that succeed, from 0.05 to 1.
    double success = 1;

    /// How many times as long as declared it takes.
    double slowness = 1;

    /// Whether it was called lately.
    boolean warm;

    Experience(long forgetMicros) {
        this.forgetMicros = forgetMicros;
    }

    /// Looks a tool up, for [#success], [#slowness] and [#warm].
    void look(String tool, long now) {
        Calls calls = tools.isEmpty() ? null : tools.get(tool);
        success = success(calls, now);
        slowness = slowness(calls, now);
        warm = calls != null && trust(calls, now) > 0;
    }

    private double success(@Nullable Calls calls, long now) {
        return calls == null ? 1 : Math.max(LEAST_SUCCESS, 1 - (1 - calls.success) * trust(calls, now));
    }

    private double slowness(@Nullable Calls calls, long now) {
        return calls == null ? 1 : 1 + (calls.slowness - 1) * trust(calls, now);
    }

    /// @param deviation how many times as long as expected the call took; only if it succeeded
    void learn(String tool, boolean succeeded, double deviation, long now) {
        Calls calls = tools.computeIfAbsent(tool, _ -> new Calls());
        calls.success = success(calls, now);
        calls.slowness = slowness(calls, now);
        calls.count = trust(calls, now) > 0 ? calls.count : 0;
        calls.success += SUCCESS_SHARE * ((succeeded ? 1 : 0) - calls.success);
        if (succeeded) {
            double share = Math.max(TIME_SHARE, 1.0 / (calls.count + 2));
            double slow = Math.clamp(deviation, 1 / MOST_DEVIATION, MOST_DEVIATION);
            calls.slowness += share * (slow - calls.slowness);
        }
        calls.count++;
        calls.last = now;
    }

    /// How much of what was measured still counts, from 0 to 1.
    private double trust(Calls calls, long now) {
        return calls.count == 0 ? 0 : Math.max(0, 1 - (double) Math.max(0, now - calls.last) / forgetMicros);
    }

    /// @param speed as declared, where the usual is 1
    List<Measure> measures(double speed, long now) {
        return new TreeMap<>(tools)
                .entrySet().stream()
                        .map(entry -> new Measure(
                                entry.getKey(),
                                entry.getValue().count,
                                success(entry.getValue(), now),
                                speed / slowness(entry.getValue(), now)))
                        .toList();
    }
}
