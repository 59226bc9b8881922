package dev.ropewalk.testkit.planted;

import dev.ropewalk.testkit.simulation.FailureReport;
import dev.ropewalk.testkit.simulation.Simulation;
import dev.ropewalk.testkit.simulation.SimulationOptions;
import dev.ropewalk.testkit.simulation.SimulationResult;
import java.util.function.LongFunction;

/// As [Search]; returns what people are told of the first run that fails.
public final class Shrunk implements LongFunction<String> {

    public Shrunk() {}

    @Override
    public String apply(long limit) {
        for (long seed = 1; seed <= limit; seed++) {
            SimulationResult result = Simulation.run(SimulationOptions.of(seed));
            if (result.violation().isPresent()) {
                return FailureReport.of(result);
            }
        }
        return "";
    }
}
