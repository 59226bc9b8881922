package dev.ropewalk.execution;

import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// How an execution goes, or went. What was not measured is absent, never 0.
///
/// @param totalMicros from its start to its end, or until now; 0 if it has not started
/// @param effectiveMicros how long at least one attempt ran, from its start to its end as the log has
///     them; down time is not counted
/// @param costMicros what attempts said they cost, and holding amounts of pools, in millionths of the
///     currency unit
/// @param efficiency used over reserved, see [Efficiency]
/// @param successRate tasks that completed, of those that completed or failed; a task that failed and was
///     tolerated failed
/// @param throughput completed tasks a second
/// @param errorRate attempts that reported a failure, of those that ended
/// @param retryRateByTool attempts beyond their tasks' first, over those tasks; of tools that were called
public record Measures(
        long totalMicros,
        long effectiveMicros,
        OptionalLong costMicros,
        OptionalDouble efficiency,
        OptionalDouble successRate,
        OptionalDouble throughput,
        OptionalDouble errorRate,
        SequencedMap<String, Double> retryRateByTool) {

    /// The measures of the execution at `now`; those of one that ended do not change any more.
    ///
    /// @param now microseconds since 1970
    public static Measures of(ExecutionState state, long now) {
        Tally tally = state.tally;
        long until = state.endedAt() == 0 ? Math.max(now, state.lastAt()) : state.endedAt();
        long total = state.startedAt() == 0 ? 0 : until - state.startedAt();
        long cost = Saturated.add(tally.costMicros(), state.account.holdingCost());
        int attemptsEnded = tally.attempts - state.runningTasks();
        return new Measures(
                total,
                tally.busyMicros(state.runningTasks(), until),
                cost == 0 ? OptionalLong.empty() : OptionalLong.of(cost),
                state.account.efficiency().value(),
                rate(tally.completed, tally.completed + tally.failed + tally.tolerated),
                rate(tally.completed, total / 1e6),
                rate(tally.failedAttempts, attemptsEnded),
                retryRates(tally));
    }

    private static OptionalDouble rate(double part, double whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
    }

    private static SequencedMap<String, Double> retryRates(Tally tally) {
        SequencedMap<String, Double> rates = new LinkedHashMap<>();
        for (int kind = 0; kind < tally.tools.size(); kind++) {
            int tasks = tally.attemptedTasks[kind];
            if (tasks > 0) {
                rates.put(tally.tools.get(kind), (double) (tally.attemptsByTool[kind] - tasks) / tasks);
            }
        }
        return rates;
    }
}
