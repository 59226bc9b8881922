package dev.ropewalk.benchmark;

import java.time.Duration;

/// How large the workloads are and how often they run.
///
/// @param runs of which the median counts
/// @param warmUp how long a workload runs before it is measured; once in any case
/// @param chain tasks of W1
/// @param width independent tasks of W2
/// @param plans of W3
/// @param singles executions of W5, and single commits beside it
/// @param sleepers tasks of 10 ms of W6
/// @param watched tasks of W7
/// @param subscribers of W7
/// @param planned tasks of the large plan
/// @param limits operations of each limit, as a share of the usual number
record Scale(
        int runs,
        Duration warmUp,
        int chain,
        int width,
        int plans,
        int singles,
        int sleepers,
        int watched,
        int subscribers,
        int planned,
        double limits) {

    static final Scale FULL = new Scale(3, Duration.ofSeconds(2), 1_000, 10_000, 2_000, 300, 128, 500, 100, 100_000, 1);

    /// To see that it runs; the figures say little.
    static final Scale QUICK = new Scale(1, Duration.ZERO, 50, 200, 50, 20, 8, 60, 5, 1_000, 0.02);
}
