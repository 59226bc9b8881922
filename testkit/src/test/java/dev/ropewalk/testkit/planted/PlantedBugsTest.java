package dev.ropewalk.testkit.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.testkit.simulation.Simulation;
import dev.ropewalk.testkit.simulation.SimulationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A simulator that finds nothing proves nothing, unless it is known to find what is there.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlantedBugsTest {

    /// As many as every build runs without a bug: the rarest took 3,255.
    private static final long SCHEDULES = 20_000;

    private record Hunt(PlantedBug bug, Future<String> found) {}

    @Test
    void every_planted_bug_is_found() throws Exception {
        List<String> missed = new ArrayList<>();
        try (ExecutorService hunters = Executors.newFixedThreadPool(2)) {
            List<Hunt> hunts = PlantedBugs.all().stream()
                    .map(bug -> new Hunt(bug, hunters.submit(() -> search(bug))))
                    .toList();
            for (Hunt hunt : hunts) {
                String found = hunt.found().get();
                int blank = found.indexOf(' ');
                String what = found.substring(blank + 1);
                System.out.printf(
                        "%-75s %5s schedules: %s%n",
                        hunt.bug(), found.substring(0, blank), what.substring(0, Math.min(100, what.length())));
                if (what.isEmpty()) {
                    missed.add(hunt.bug().name());
                }
            }
        }
        assertThat(missed).as("planted bugs that were not found").isEmpty();
    }

    @Test
    void what_is_found_is_told_with_a_command_and_a_smaller_run() throws Exception {
        PlantedBug bug = PlantedBugs.all().stream()
                .filter(each -> each.name().contains("before its last predecessor"))
                .findFirst()
                .orElseThrow();

        String report = run(Shrunk.class, bug);

        assertThat(report)
                .contains("an invariant does not hold, seed ")
                .contains("-Dropewalk.sim.seed=")
                .contains("TaskStarted[")
                .contains("I1: ");
        String options = report.substring(report.indexOf("sim.options=") + "sim.options=".length());
        SimulationOptions small = SimulationOptions.parse(options.substring(0, options.indexOf('"')));
        assertThat(small.executions()).isEqualTo(1);
        assertThat(small.maxCrashes()).isZero();
        assertThat(small.faults()).hasSizeLessThan(5);
        assertThat(Simulation.run(small).violation()).isEmpty();
    }

    private static String search(PlantedBug bug) throws ReflectiveOperationException {
        return run(Search.class, bug);
    }

    @SuppressWarnings("unchecked") // both say so
    private static String run(Class<? extends LongFunction<String>> what, PlantedBug bug)
            throws ReflectiveOperationException {
        ClassLoader loader = new PlantedLoader(bug);
        LongFunction<String> search = (LongFunction<String>)
                loader.loadClass(what.getName()).getConstructor().newInstance();
        return search.apply(SCHEDULES);
    }
}
