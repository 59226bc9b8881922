package dev.ropewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.value.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `ropewalk bench scheduler`, run small: what it prints, not how fast anything is.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchedulerBenchCommandTest {

    private final StringWriter out = new StringWriter();

    @Test
    void json_names_every_promised_figure() {
        assertThat(bench("scheduler", "--quick", "--json")).isZero();

        List<String> metrics = new ArrayList<>();
        assertThat(Json.read(out.toString())).isInstanceOfSatisfying(List.class, list -> {
            for (Object each : list) {
                metrics.add(String.valueOf(((Map<?, ?>) each).get("metric")));
            }
        });
        for (String strategy : List.of("fifo", "priority", "shortest_job_first", "deadline_aware", "adaptive")) {
            for (String lanes : List.of("1", "100")) {
                for (String metric : List.of(
                        "enqueue_per_s",
                        "dispatch_per_s",
                        "decision_p50_us",
                        "decision_p99_us",
                        "decision_p999_us",
                        "of_priority_queue")) {
                    assertThat(metrics).contains("%s_%s_%s".formatted(strategy, lanes, metric));
                }
            }
        }
        assertThat(metrics).contains("priority_queue_per_s");
    }

    @Test
    void one_strategy_may_be_measured_alone() {
        assertThat(bench("scheduler", "--quick", "--strategy", "adaptive")).isZero();

        assertThat(out.toString()).contains("adaptive_100_decision_p99_us").doesNotContain("fifo_");
    }

    private int bench(String... arguments) {
        return new CommandLine(new BenchSubcommand().command())
                .setOut(new PrintWriter(out))
                .execute(arguments);
    }
}
