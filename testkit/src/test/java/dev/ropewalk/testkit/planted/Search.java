package dev.ropewalk.testkit.planted;

import dev.ropewalk.testkit.simulation.Simulation;
import dev.ropewalk.testkit.simulation.SimulationOptions;
import dev.ropewalk.testkit.simulation.SimulationResult;
import java.util.function.LongFunction;

/// Runs schedules until one fails. Loaded beside the code with the bug; its type is the JDK's, so that
/// the code without it can call it.
public final class Search implements LongFunction<String> {

    public Search() {}

    /// @param limit how many schedules at most
    /// @return the number of schedules and what was found by the last; nothing after the blank if
    ///     nothing was
    @Override
    public String apply(long limit) {
        for (long seed = 1; seed <= limit; seed++) {
            SimulationResult result = Simulation.run(SimulationOptions.of(seed));
            if (result.violation().isPresent()) {
                return seed + " " + result.violation().get().getMessage();
            }
        }
        return limit + " ";
    }
}
