package dev.ropewalk.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ropewalk.testkit.Proves;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The production engine on virtual time and a disk that forgets. How many schedules: the system
/// property `ropewalk.sim.schedules`; from which seed on: `ropewalk.sim.first`.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulationTest {

    private static final int THREADS = 2;
    private static final long FIRST = Long.getLong("ropewalk.sim.first", 1);

    @Test
    @Proves({"G1", "G2", "G3", "G4", "G5", "G7", "G8", "G9", "G10", "G11", "G14", "G15"})
    void random_schedules_keep_every_promise() {
        run(Long.getLong("ropewalk.sim.schedules", 20_000));
    }

    @Test
    @Tag("deep")
    void a_million_random_schedules_keep_every_promise() {
        run(Long.getLong("ropewalk.sim.deep.schedules", 1_000_000));
    }

    private static void run(long schedules) {
        Campaign.Report report = Campaign.run(FIRST, schedules, THREADS);
        System.out.println(report);
        report.failures().stream().findFirst().ifPresent(failing -> fail(FailureReport.of(failing)));
        long enough = Math.min(1_000, schedules / 200);
        for (Fault fault : Fault.values()) {
            assertThat(report.faults().of(fault))
                    .as("how often %s happened", fault)
                    .isGreaterThanOrEqualTo(enough);
        }
    }

    @Test
    @Proves("I23")
    void the_same_seed_gives_the_same_log() {
        for (long seed = FIRST; seed < FIRST + 200; seed++) {
            SimulationResult one = Simulation.run(SimulationOptions.of(seed));
            SimulationResult other =
                    Simulation.run(SimulationOptions.parse(one.options().toString()));

            assertThat(other.logHash()).as("log of seed %d", seed).isEqualTo(one.logHash());
            assertThat(other.steps()).as("steps of seed %d", seed).isEqualTo(one.steps());
            assertThat(other.micros()).as("time of seed %d", seed).isEqualTo(one.micros());
        }
    }

    @Test
    @Proves("I23")
    void schedules_do_not_disturb_each_other() {
        assertThat(Campaign.run(FIRST, 300, 2).hash())
                .isEqualTo(Campaign.run(FIRST, 300, 1).hash());
    }

    @Test
    void one_schedule() {
        String options = System.getProperty("ropewalk.sim.options", "");
        long seed = Long.getLong("ropewalk.sim.seed", -1);
        assumeTrue(!options.isEmpty() || seed >= 0, "no schedule asked for");

        SimulationResult result =
                Simulation.run(options.isEmpty() ? SimulationOptions.of(seed) : SimulationOptions.parse(options));

        result.violation().ifPresent(violation -> {
            System.out.println(result.tail());
            throw violation;
        });
    }
}
