package dev.ropewalk.testkit.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.testkit.simulation.Simulation;
import dev.ropewalk.testkit.simulation.SimulationOptions;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Bugs that the simulator found in the engine, each with a schedule that shows it. What a seed stands
/// for changes with the generator; so the bug is put back, and the schedule has to show it still. One
/// that does not is replaced by what [PlantedBugsTest] prints.
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeptSeedsTest {

    /// @param bug as it is planted
    /// @param story what happened
    private record Kept(long seed, String bug, String story) {}

    private static final List<Kept> KEPT = List.of(
            new Kept(
                    3255,
                    "after a recovery a task is queued as often as it was ever ready",
                    "a fallback in a step that had run four times was queued four times after a restart"),
            new Kept(
                    1,
                    "what has ended since it was read is adopted",
                    "an execution that ended while somebody resumed it was loaded again, and the log broke"),
            new Kept(
                    265,
                    "an end counts as stored when it is decided",
                    "an execution timed out before its acceptance was durable, and its key was taken a second time"),
            new Kept(
                    1,
                    "what was appended while a log is read belongs to it",
                    "a log that grew while it was read was taken for damaged"));

    @Test
    void a_bug_that_was_found_is_not_there_any_more_and_would_be_found_again() throws Exception {
        for (Kept kept : KEPT) {
            assertThat(Simulation.run(SimulationOptions.of(kept.seed())).violation())
                    .as(kept.story())
                    .isEmpty();
            assertThat(withBug(kept))
                    .as("seed %d with \"%s\"", kept.seed(), kept.bug())
                    .isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked") // OneSeed says so
    private static String withBug(Kept kept) throws ReflectiveOperationException {
        PlantedBug bug = PlantedBugs.all().stream()
                .filter(each -> each.name().equals(kept.bug()))
                .findFirst()
                .orElseThrow();
        LongFunction<String> run = (LongFunction<String>) new PlantedLoader(bug)
                .loadClass(OneSeed.class.getName())
                .getConstructor()
                .newInstance();
        return run.apply(kept.seed());
    }
}
