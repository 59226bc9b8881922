package dev.ropewalk.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.value.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ComparisonTest {

    private double rows = 1;

    @Test
    void a_machine_that_is_slower_in_everything_is_no_loss() {
        Comparison comparison = Comparison.of(json(run(1_000, 2, 100_000, 50_000)));

        assertThat(comparison.worse(run(500, 4, 50_000, 25_000), 1.01)).isEmpty();
    }

    @Test
    void a_time_that_grew_beyond_the_bound_is_told() {
        Comparison comparison = Comparison.of(json(run(1_000, 2, 100_000, 50_000)));

        assertThat(comparison.worse(run(1_000, 3.2, 100_000, 50_000), 1.5))
                .containsExactly(
                        "W1 sqlite ms_per_task costs 1.60 times what it did, relative to the limits of its run (bound 1.50)");
    }

    @Test
    void a_rate_that_fell_beyond_the_bound_is_told() {
        Comparison comparison = Comparison.of(json(run(1_000, 2, 100_000, 50_000)));

        assertThat(comparison.worse(run(1_000, 2, 100_000, 20_000), 2))
                .singleElement()
                .asString()
                .startsWith("W2 sqlite tasks_per_s costs 2.50 times");
    }

    @Test
    void memory_and_speed_ups_are_compared_as_they_are() {
        Comparison comparison = Comparison.of(json(memory(50, 8)));

        assertThat(comparison.worse(memory(50, 8), 1)).isEmpty();
        assertThat(comparison.worse(memory(101, 8), 2))
                .singleElement()
                .asString()
                .startsWith("W4 sqlite idle_rss_mib");
        assertThat(comparison.worse(memory(50, 3), 2))
                .singleElement()
                .asString()
                .startsWith("W6 sqlite speed_up_at_8");
    }

    @Test
    void what_one_of_the_runs_did_not_measure_is_left_out() {
        Comparison comparison = Comparison.of(json(List.of()));

        assertThat(comparison.worse(run(1, 1, 1, 1), 1)).isEmpty();
    }

    @Test
    void anything_but_figures_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of("{}".getBytes(UTF_8)));
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of("[1]".getBytes(UTF_8)));
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of("[".getBytes(UTF_8)));
    }

    private static List<Figure> run(double commits, double chain, double rows, double wide) {
        return List.of(
                new Figure("limit", "none", 1, "sqlite_commit1_rows_per_s", commits, "1/s"),
                new Figure("limit", "none", 1, "sqlite_commit1000_rows_per_s", rows, "1/s"),
                new Figure("W1", "sqlite", 1, "ms_per_task", chain, "ms"),
                new Figure("W2", "sqlite", 1, "tasks_per_s", wide, "1/s"));
    }

    private List<Figure> memory(double mebibytes, double speedUp) {
        return List.of(
                new Figure("limit", "none", 1, "sqlite_commit1000_rows_per_s", rows++, "1/s"),
                new Figure("W4", "sqlite", 1, "idle_rss_mib", mebibytes, "MiB"),
                new Figure("W6", "sqlite", 1, "speed_up_at_8", speedUp, "x"));
    }

    private static byte[] json(List<Figure> figures) {
        return Json.write(figures.stream().map(Figure::toMap).toList());
    }
}
