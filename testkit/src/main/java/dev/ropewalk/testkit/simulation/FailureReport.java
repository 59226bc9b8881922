package dev.ropewalk.testkit.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Tells of a run in which an invariant did not hold: how to see it again, and what happened.
public final class FailureReport {

    private static final String COMMAND = "mvn -o test -Pfast -pl testkit -am -Dtest=SimulationTest#one_schedule"
            + " -Dsurefire.failIfNoSpecifiedTests=false";

    private FailureReport() {}

    /// @param failing a run with a violation
    public static String of(SimulationResult failing) {
        SimulationResult small = Shrinker.shrink(failing);
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            out.println("an invariant does not hold, seed " + failing.options().seed());
            out.println("  " + failing.violation().orElseThrow().getMessage());
            out.println("see it again:");
            out.println(
                    "  " + COMMAND + " -Dropewalk.sim.seed=" + failing.options().seed());
            out.println("the smallest run like it that was found:");
            out.println("  " + small.violation().orElseThrow().getMessage());
            out.println("  " + COMMAND + " \"-Dropewalk.sim.options=" + small.options() + '"');
            out.println("the last events of its executions:");
            out.println(small.tail());
            small.violation().orElseThrow().printStackTrace(out);
        }
        return text.toString();
    }
}
