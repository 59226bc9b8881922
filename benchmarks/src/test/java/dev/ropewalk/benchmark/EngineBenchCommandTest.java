package dev.ropewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.cli.Subcommand;
import dev.ropewalk.value.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `ropewalk bench engine`, run small: what it prints, not how fast anything is.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineBenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void json_names_every_promised_figure_of_both_stores() {
        assertThat(bench("engine", "--quick", "--json")).isZero();

        List<String> names = new ArrayList<>();
        for (Map<?, ?> figure : figures()) {
            assertThat(figure.keySet().stream().map(String::valueOf))
                    .containsExactly("workload", "store", "n", "metric", "value", "unit");
            assertThat(((Number) figure.get("value")).doubleValue()).isPositive();
            names.add("%s %s %s".formatted(figure.get("workload"), figure.get("store"), figure.get("metric")));
        }
        assertThat(names)
                .contains(
                        "limit none fdatasync_ms",
                        "limit none append100_records_per_s",
                        "limit none sqlite_commit1_rows_per_s",
                        "limit none sqlite_commit100_rows_per_s",
                        "limit none sqlite_commit1000_rows_per_s",
                        "limit none vthread_tasks_per_s",
                        "plan none compile_ms",
                        "plan none bytes_per_pending_task");
        for (String store : List.of("sqlite", "memory")) {
            assertThat(names)
                    .contains(
                            "W1 %s ms_per_task".formatted(store),
                            "W2 %s tasks_per_s".formatted(store),
                            "W3 %s executions_per_s".formatted(store),
                            "W3 %s tasks_per_s".formatted(store),
                            "W3 %s latency_p50_ms".formatted(store),
                            "W3 %s latency_p99_ms".formatted(store),
                            "W4 %s cold_start_ms".formatted(store),
                            "W5 %s submit_to_start_p50_ms".formatted(store),
                            "W5 %s submit_to_start_p99_ms".formatted(store),
                            "W6 %s speed_up_at_1".formatted(store),
                            "W6 %s speed_up_at_64".formatted(store),
                            "W7 %s event_to_subscriber_p99_ms".formatted(store),
                            "W7 %s events_per_s_to_100".formatted(store));
        }
    }

    @Test
    void a_figure_beyond_the_bound_of_an_earlier_run_fails_and_is_named() throws Exception {
        Path earlier = folder.resolve("earlier.json");
        Files.write(
                earlier,
                Json.write(List.of(
                        new Figure("limit", "none", 1, "vthread_tasks_per_s", 1, "1/s").toMap(),
                        new Figure("W2", "memory", 1, "tasks_per_s", 1e12, "1/s").toMap())));

        assertThat(bench("engine", "--quick", "--store", "memory", "--compare", earlier.toString()))
                .isOne();

        assertThat(err.toString())
                .startsWith("worse: W2 memory tasks_per_s costs ")
                .contains("(bound 1.50)");
        assertThat(out.toString())
                .contains("metric")
                .contains("submit_to_start_p99_ms")
                .doesNotContain("sqlite  ");
    }

    @Test
    void what_is_compared_with_has_to_be_what_json_printed() throws Exception {
        Path earlier = Files.writeString(folder.resolve("earlier.json"), "[{\"workload\": \"W1\"}]");

        assertThat(bench("engine", "--quick", "--compare", earlier.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("earlier.json: it is not what --json printed", "an element is not a figure");
    }

    @Test
    void the_command_finds_it_by_its_name() {
        assertThat(ServiceLoader.load(Subcommand.class))
                .extracting(Subcommand::name)
                .contains("bench");
    }

    @Test
    void bench_alone_says_what_can_be_measured() {
        assertThat(bench()).isEqualTo(2);

        assertThat(err.toString()).contains("say what to measure: ropewalk bench engine");
    }

    private int bench(String... arguments) {
        return new CommandLine(new BenchSubcommand().command())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private List<Map<?, ?>> figures() {
        List<Map<?, ?>> figures = new ArrayList<>();
        assertThat(Json.read(out.toString())).isInstanceOfSatisfying(List.class, list -> {
            for (Object each : list) {
                figures.add((Map<?, ?>) each);
            }
        });
        return figures;
    }
}
