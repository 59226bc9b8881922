package dev.ropewalk.resource;

import static dev.ropewalk.resource.Words.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AutoscalerTest {

    private final Autoscaler scaler = new TargetUtilisation(800, 1_000, 20_000, 30 * SECOND);

    private long desired(long capacity, long used, int queued, long resizedAt) {
        return scaler.desired(new PoolLoad("gpu", capacity, used, queued, resizedAt), 100 * SECOND);
    }

    @Test
    void a_pool_that_is_used_as_it_should_be_stays_as_it_is() {
        assertThat(desired(10_000, 8_000, 0, 0)).isEqualTo(10_000);
        assertThat(desired(10_000, 7_500, 0, 0)).isEqualTo(10_000);
    }

    @Test
    void a_pool_follows_its_use() {
        assertThat(desired(10_000, 4_000, 0, 0)).isEqualTo(5_000);
        assertThat(desired(10_000, 9_500, 0, 0)).isEqualTo(11_875);
    }

    @Test
    void a_pool_for_which_tasks_wait_grows_by_half() {
        assertThat(desired(10_000, 8_000, 3, 0)).isEqualTo(15_000);
    }

    @Test
    void the_bounds_hold() {
        assertThat(desired(10_000, 0, 0, 0)).isEqualTo(1_000);
        assertThat(desired(18_000, 18_000, 9, 0)).isEqualTo(20_000);
        assertThat(desired(500, 500, 0, 90 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void after_a_change_a_pool_is_left_alone_for_a_while() {
        assertThat(desired(10_000, 0, 0, 71 * SECOND)).isEqualTo(10_000);
        assertThat(desired(10_000, 0, 0, 70 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new TargetUtilisation(0, 0, 1, 0)).hasMessageContaining("use 1 to 1000");
        assertThatThrownBy(() -> new TargetUtilisation(1_001, 0, 1, 0)).hasMessageContaining("use 1 to 1000");
        assertThatThrownBy(() -> new TargetUtilisation(1, 2, 1, 0)).hasMessageContaining("the first must be");
        assertThatThrownBy(() -> new TargetUtilisation(1, 1, 1, -1)).hasMessageContaining("use 0 for none");
    }
}
