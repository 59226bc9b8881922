package dev.ropewalk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How an execution went. What was not measured is absent.
///
/// @param totalDuration from start to end, or until now
/// @param effectiveDuration the time in which at least one attempt ran
/// @param totalCost the sum of what usage cost, in the currency unit
/// @param resourceEfficiency used over reserved, 0 to 1
/// @param qualityScore from validators and feedback, 0 to 1
/// @param successRate completed tasks, of those that completed or failed, 0 to 1; a task that was
///     skipped because it was not needed counts for neither
/// @param throughput completed tasks a second
/// @param errorRate failed over all attempts that ended, 0 to 1
/// @param retryRateByTool for each tool the attempts beyond its tasks' first, over those tasks
public record ExecutionMetrics(
        Duration totalDuration,
        Optional<Duration> effectiveDuration,
        OptionalDouble totalCost,
        OptionalDouble resourceEfficiency,
        OptionalDouble qualityScore,
        OptionalDouble successRate,
        OptionalDouble throughput,
        OptionalDouble errorRate,
        Map<String, Double> retryRateByTool) {}
