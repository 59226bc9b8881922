package dev.ropewalk;

import java.time.Duration;
import java.util.Optional;

/// How far an execution is, or all together.
///
/// @param percentage 0 to 100, weighted by estimated durations; running tasks count with the fraction
///     that they report
/// @param currentPhase the steps in which tasks run; empty if none do
public record ExecutionProgress(
        double percentage,
        int completedTasks,
        int totalTasks,
        int runningTasks,
        int failedTasks,
        Optional<Duration> estimatedTimeRemaining,
        String currentPhase) {}
