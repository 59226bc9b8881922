package dev.ropewalk.engine;

/// The loop's limits.
///
/// @param maxParallel attempts that run at once, all executions together
/// @param maxConcurrentExecutions executions under way at once; more wait in order
/// @param maxPendingExecutions accepted executions that wait; more are refused
/// @param graceMicros how long an attempt that was told to stop may take
/// @param maxBatchEvents the loop decides no further while so many events wait for the log writer
public record Limits(
        int maxParallel, int maxConcurrentExecutions, int maxPendingExecutions, long graceMicros, int maxBatchEvents) {

    public static final Limits DEFAULT = new Limits(256, 1_000, 10_000, 5_000_000, 20_000);
}
