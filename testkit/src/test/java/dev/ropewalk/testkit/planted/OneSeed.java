package dev.ropewalk.testkit.planted;

import dev.ropewalk.testkit.simulation.Simulation;
import dev.ropewalk.testkit.simulation.SimulationOptions;
import java.util.function.LongFunction;

/// As [Search], for one seed; returns what was found.
public final class OneSeed implements LongFunction<String> {

    public OneSeed() {}

    @Override
    public String apply(long seed) {
        return Simulation.run(SimulationOptions.of(seed))
                .violation()
                .map(Throwable::getMessage)
                .orElse("");
    }
}
