package dev.ropewalk.scheduling;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchedulerModelTest {

    @Test
    void in_any_history_the_best_task_that_fits_goes_and_none_is_lost() {
        for (long seed = 0; seed < 1_500; seed++) {
            try {
                new RandomHistory(seed).run(120);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
