package dev.ropewalk.testkit.simulation;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.testkit.SeededRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a simulated tool behaves in one attempt.
///
/// @param delayMicros before its arguments are evaluated
/// @param runMicros how long it runs if nobody stops it
/// @param failure with which it ends; empty for a result
/// @param large whether the result does not fit into an event
/// @param twice whether it reports its end twice
/// @param falseAttempt whether it also reports a result for an attempt that there is not
/// @param stopMicros how long it takes to end when it is told to
/// @param afterStop what it does then
/// @param usage what it reports to have used, if it is asked
record ToolScript(
        long delayMicros,
        long runMicros,
        Optional<Failure> failure,
        boolean large,
        boolean twice,
        boolean falseAttempt,
        long stopMicros,
        AfterStop afterStop,
        List<ResourceUse> usage) {

    enum AfterStop {
        STOPS,
        RETURNS_RESULT,
        GOES_ON
    }

    static final long HANG_MICROS = 15 * 60 * 1_000_000L;

    private static final List<String> CODES = List.of("IO", "BUSY", "TIMEOUT", "BROKEN");

    static ToolScript draw(SeededRandom random, Set<Fault> faults) {
        boolean hangs = faults.contains(Fault.HANG) && random.percent(8);
        boolean goesOn = faults.contains(Fault.IGNORED_STOP) && random.percent(30);
        boolean returns = faults.contains(Fault.RESULT_AFTER_STOP) && random.percent(40);
        return new ToolScript(
                random.skewed(1, 5_000),
                hangs ? HANG_MICROS : random.skewed(100, 8_000_000),
                failure(random, faults),
                faults.contains(Fault.LARGE_RESULT) && random.percent(30),
                faults.contains(Fault.RESULT_TWICE) && random.percent(20),
                faults.contains(Fault.FALSE_ATTEMPT) && random.percent(20),
                random.skewed(10, 2_000_000),
                goesOn ? AfterStop.GOES_ON : returns ? AfterStop.RETURNS_RESULT : AfterStop.STOPS,
                usage(random));
    }

    private static List<ResourceUse> usage(SeededRandom random) {
        return random.percent(60) ? List.of(new ResourceUse("tokens", "tokens", random.below(70_000), 0)) : List.of();
    }

    private static Optional<Failure> failure(SeededRandom random, Set<Fault> faults) {
        boolean permanent = faults.contains(Fault.PERMANENT_FAILURE) && random.percent(10);
        if (!permanent && !(faults.contains(Fault.TOOL_FAILURE) && random.percent(30))) {
            return Optional.empty();
        }
        long retryAfter =
                faults.contains(Fault.RETRY_AFTER) && random.percent(30) ? random.skewed(1_000, 20_000_000) : 0;
        return Optional.of(new Failure(
                random.pick(CODES), "the simulated tool failed", !permanent, retryAfter, Payload.EMPTY_OBJECT));
    }
}
