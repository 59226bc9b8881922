package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionMetrics;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Measures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How an execution went so far, in the words of the public API.
final class MetricsAssembly {

    private MetricsAssembly() {}

    /// @param now microseconds since 1970; of no matter for an execution that ended
    static ExecutionMetrics of(ExecutionState state, long now) {
        Measures measures = Measures.of(state, now);
        return new ExecutionMetrics(
                ResultAssembly.micros(measures.totalMicros()),
                state.startedAt() == 0
                        ? Optional.empty()
                        : Optional.of(ResultAssembly.micros(measures.effectiveMicros())),
                units(measures.costMicros()),
                measures.efficiency(),
                OptionalDouble.empty(),
                measures.successRate(),
                measures.throughput(),
                measures.errorRate(),
                measures.retryRateByTool());
    }

    private static OptionalDouble units(OptionalLong micros) {
        return micros.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(micros.getAsLong() / 1e6);
    }
}
