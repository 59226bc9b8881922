package dev.ropewalk.testkit.simulation;

import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.testkit.plans.Feature;
import java.util.ArrayList;
import java.util.List;

/// Looks for a smaller run in which the same invariant does not hold: fewer executions, tasks, crashes,
/// kinds of faults and features. The run ends at the violation, so what comes after it is cut anyway.
///
/// Source of the idea: Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE
/// 28(2), 2002; here greedy, one change at a time.
final class Shrinker {

    private static final int MAX_RUNS = 400;

    private final String invariant;
    private SimulationResult smallest;
    private int runs;

    private Shrinker(SimulationResult failing, String invariant) {
        this.smallest = failing;
        this.invariant = invariant;
    }

    /// @param failing a run with a violation
    static SimulationResult shrink(SimulationResult failing) {
        Shrinker shrinker =
                new Shrinker(failing, failing.violation().orElseThrow().invariant());
        while (shrinker.onePass()) {
            // Each success may make room for another.
        }
        return shrinker.smallest;
    }

    private boolean onePass() {
        boolean any = false;
        for (SimulationOptions smaller : candidates(smallest.options())) {
            any |= fails(smaller);
        }
        for (Fault fault : Fault.values()) {
            any |= smallest.options().faults().contains(fault)
                    && fails(smallest.options().without(fault));
        }
        for (Feature feature : Feature.values()) {
            any |= smallest.options().features().contains(feature)
                    && fails(smallest.options().without(feature));
        }
        return any;
    }

    private static List<SimulationOptions> candidates(SimulationOptions options) {
        List<SimulationOptions> candidates = new ArrayList<>();
        for (int executions = 1; executions < options.executions(); executions++) {
            candidates.add(options.withExecutions(executions));
        }
        for (int tasks = 1; tasks < options.maxTasks(); tasks++) {
            candidates.add(options.withMaxTasks(tasks));
        }
        for (int crashes = 0; crashes < options.maxCrashes(); crashes++) {
            candidates.add(options.withMaxCrashes(crashes));
        }
        return candidates;
    }

    private boolean fails(SimulationOptions options) {
        boolean smaller = options.executions() <= smallest.options().executions()
                && options.maxTasks() <= smallest.options().maxTasks()
                && options.maxCrashes() <= smallest.options().maxCrashes();
        if (!smaller || ++runs > MAX_RUNS) {
            return false;
        }
        SimulationResult result = Simulation.run(options);
        boolean same = result.violation()
                .map(Violation::invariant)
                .filter(invariant::equals)
                .isPresent();
        if (same) {
            smallest = result;
        }
        return same;
    }
}
