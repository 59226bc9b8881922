package dev.ropewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SamplesTest {

    @Test
    void percentiles_are_values_that_were_measured() {
        double[] values = {5, 1, 4, 2, 3};

        assertThat(Samples.percentile(values, 50)).isEqualTo(3);
        assertThat(Samples.percentile(values, 99)).isEqualTo(5);
        assertThat(Samples.percentile(values, 0)).isEqualTo(1);
        assertThat(values).as("the order in which it was measured").containsExactly(5, 1, 4, 2, 3);
    }

    @Test
    void the_first_run_warms_up_and_does_not_count() {
        AtomicInteger runs = new AtomicInteger();

        assertThat(Samples.medianOf(Scale.QUICK, runs::incrementAndGet)).isEqualTo(2);
        assertThat(runs).hasValue(2);
    }
}
