package dev.ropewalk.testkit.simulation;

import dev.ropewalk.testkit.oracle.Violation;
import java.util.Optional;

/// What came of one simulated run.
///
/// @param violation the first invariant that did not hold
/// @param logHash of everything that was recorded: the same seed gives the same
/// @param steps of the schedule
/// @param micros of virtual time
/// @param lives how many processes there were, one after the other
/// @param tail the last events of each execution, if there is a violation
public record SimulationResult(
        SimulationOptions options,
        Optional<Violation> violation,
        long logHash,
        int steps,
        long micros,
        int lives,
        FaultCounts faults,
        String tail) {}
