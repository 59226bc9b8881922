package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.accepted;
import static dev.ropewalk.execution.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MeasuresTest {

    private static final RetryPolicy AT_ONCE =
            new RetryPolicy(5, Duration.ZERO, 1, 0, Duration.ZERO, List.of(), List.of());

    private static Measures of(Scenario scenario) {
        return Measures.of(scenario.state(), scenario.now());
    }

    @Test
    void nothing_is_measured_before_the_start() {
        Scenario scenario = accepted(p -> p.task("a", t -> t.tool("x"))).after(Duration.ofHours(1));
        Measures measures = of(scenario);
        assertThat(measures.totalMicros()).isZero();
        assertThat(measures.effectiveMicros()).isZero();
        assertThat(measures.costMicros()).isEmpty();
        assertThat(measures.successRate()).isEmpty();
        assertThat(measures.throughput()).isEmpty();
        assertThat(measures.errorRate()).isEmpty();
        assertThat(measures.retryRateByTool()).isEmpty();
    }

    @Test
    void effective_is_the_time_in_which_something_ran() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")));
        scenario.after(Duration.ofSeconds(1))
                .starts("a")
                .after(Duration.ofSeconds(2))
                .starts("b")
                .after(Duration.ofSeconds(3));
        assertThat(of(scenario).effectiveMicros()).as("while they run").isEqualTo(5_000_000);
        scenario.succeeds("a").after(Duration.ofSeconds(4)).succeeds("b").after(Duration.ofSeconds(5));
        assertThat(of(scenario).effectiveMicros()).isEqualTo(9_000_000);
        assertThat(of(scenario).totalMicros()).as("does not grow after the end").isEqualTo(10_000_000);
    }

    @Test
    void down_time_is_not_effective() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                .starts("a")
                .after(Duration.ofSeconds(2))
                .runs("b")
                .after(Duration.ofHours(1))
                .recovers();
        assertThat(of(scenario).effectiveMicros()).isEqualTo(2_000_000);
        scenario.after(Duration.ofSeconds(1))
                .starts("a")
                .after(Duration.ofSeconds(3))
                .succeeds("a");
        assertThat(of(scenario).effectiveMicros()).isEqualTo(5_000_000);
    }

    @Test
    void rates_count_tasks_and_attempts() {
        Scenario scenario = given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x").retry(AT_ONCE))
                                .task("b", t -> t.tool("x"))
                                .task("c", t -> t.tool("y"))
                                .task("d", t -> t.tool("y").skipOnFailure())
                                .task("e", t -> t.tool("z"))))
                .starts("a")
                .fails("a")
                .retryDue("a")
                .starts("a")
                .fails("a")
                .retryDue("a")
                .starts("a")
                .after(Duration.ofSeconds(4))
                .succeeds("a")
                .runs("b")
                .starts("c", "d")
                .fails("c")
                .fails("d");
        Measures measures = of(scenario);
        assertThat(measures.successRate()).as("a and b of a, b, c, d").hasValue(0.5);
        assertThat(measures.errorRate()).as("four of six").hasValue(4.0 / 6);
        assertThat(measures.throughput()).as("two in 4 s").hasValue(0.5);
        assertThat(measures.retryRateByTool()).containsExactly(entry("x", 1.0), entry("y", 0.0));
    }

    @Test
    void a_lost_attempt_is_an_attempt_but_no_error() {
        Scenario scenario =
                given(p -> p.task("a", t -> t.tool("x"))).starts("a").recovers();
        assertThat(of(scenario).errorRate()).hasValue(0);
        scenario.starts("a");
        assertThat(of(scenario).retryRateByTool()).containsExactly(entry("x", 1.0));
        assertThat(of(scenario).errorRate()).as("of the attempts that ended").hasValue(0);
    }

    @Test
    void cost_is_the_sum_of_what_attempts_reported() {
        Scenario scenario =
                given(p -> p.task("a", t -> t.tool("x").retry(AT_ONCE))).starts("a");
        assertThat(of(scenario).costMicros()).isEmpty();
        List<ResourceUse> usage =
                List.of(new ResourceUse("tokens", "tokens", 5_000, 120), new ResourceUse("memory", "bytes", 1_000, 0));
        scenario.when(new ExecutionCommand.ReportFailure(
                        scenario.now(), 0, 1, Failure.retryable("IO", "io"), "", 1, usage))
                .retryDue("a")
                .starts("a")
                .when(new ExecutionCommand.ReportSuccess(scenario.now(), 0, 2, StoredValue.NULL, "", 1, usage));
        assertThat(of(scenario).costMicros()).hasValue(240);
    }
}
