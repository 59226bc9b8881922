package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.accepted;
import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// How an execution is ended from outside: by a cancellation or by its timeout.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CancellationTest {

    private static void two(PlanBuilder plan) {
        plan.task("a", t -> t.tool("x"))
                .task("b", t -> t.tool("x").after("a").retry(3))
                .timeout(Duration.ofMinutes(1));
    }

    @Test
    void an_execution_that_has_not_started_is_cancelled_at_once() {
        accepted(CancellationTest::two)
                .isCancelled("not wanted")
                .then("stopping: cancel", "cancelled a b", "CANCELLED not wanted")
                .starts()
                .thenNothing();
    }

    @Test
    void an_execution_in_which_nothing_runs_is_cancelled_at_once() {
        given(CancellationTest::two)
                .isCancelled("not wanted")
                .then("stopping: cancel", "cancelled a b", "CANCELLED not wanted");
    }

    @Test
    void what_runs_is_told_to_stop_and_nothing_starts_any_more() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                .starts("a")
                .isCancelled("not wanted")
                .then("stopping: cancel");
        assertThat(scenario.state().toStop(0)).contains(AttemptEnd.CANCELLED);
        assertThat(scenario.state().stopping()).isTrue();
        scenario.starts("b")
                .thenNothing()
                .isCancelled("really")
                .thenNothing()
                .stops("a", AttemptEnd.CANCELLED)
                .then("attempt stopped a CANCELLED", "cancelled a b", "CANCELLED not wanted")
                .thenIs(TaskStatus.CANCELLED, "a", "b");
    }

    @Test
    void a_task_that_backs_off_is_cancelled() {
        given(CancellationTest::two)
                .runs("a")
                .starts("b")
                .fails("b")
                .isCancelled("enough")
                .then("stopping: cancel", "cancelled b", "CANCELLED enough")
                .after(Duration.ofDays(1))
                .retryDue("b")
                .thenNothing();
    }

    @Test
    void a_retry_that_becomes_due_while_the_execution_stops_does_not_start() {
        given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").retry(3)))
                .starts("a", "b")
                .fails("b")
                .isCancelled("enough")
                .after(Duration.ofDays(1))
                .retryDue("b")
                .thenNothing();
    }

    @Test
    void items_are_cancelled_with_their_for_each() {
        given(p -> p.task("each", t -> t.tool("x").forEach(List.of(1))))
                .expands("each", 2)
                .isCancelled("enough")
                .then("stopping: cancel", "cancelled each each[0] each[1]", "CANCELLED enough");
    }

    @Test
    void items_that_end_while_the_execution_stops_do_not_end_their_for_each() {
        given(p -> p.task("each", t -> t.tool("x").forEach(List.of(1))))
                .expands("each", 1)
                .starts("each[0]")
                .isCancelled("enough")
                .succeeds("each[0]")
                .then("completed each[0]", "cancelled each", "CANCELLED enough");
    }

    @Test
    void an_execution_that_waits_for_its_result_can_be_cancelled() {
        given(p -> p.task("a", t -> t.tool("x")).result(List.of(resultOf("a"))))
                .runs("a")
                .isCancelled("enough")
                .then("stopping: cancel", "CANCELLED enough")
                .returns("1")
                .thenNothing();
    }

    @Test
    void an_execution_times_out_when_its_time_has_passed_and_not_before() {
        Scenario scenario = given(CancellationTest::two).starts("a");
        assertThat(scenario.state().timeoutDue()).isEqualTo(Scenario.NOON + 60_000_000);
        scenario.after(Duration.ofSeconds(59))
                .timeoutDue()
                .thenNothing()
                .after(Duration.ofSeconds(1))
                .timeoutDue()
                .then("stopping: timeout")
                .timeoutDue()
                .thenNothing()
                .isCancelled("late")
                .thenNothing()
                .stops("a", AttemptEnd.CANCELLED)
                .then("attempt stopped a CANCELLED", "cancelled a b", "TIMED_OUT");
    }

    @Test
    void an_execution_without_a_timeout_never_times_out() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x"))).after(Duration.ofDays(10_000));
        assertThat(scenario.state().timeoutDue()).isZero();
        scenario.timeoutDue().thenNothing();
    }

    @Test
    void waiting_to_start_does_not_count_against_the_timeout() {
        Scenario scenario = accepted(CancellationTest::two).after(Duration.ofHours(1));
        assertThat(scenario.state().timeoutDue()).isZero();
        scenario.timeoutDue().thenNothing().starts().timeoutDue().thenNothing();
        assertThat(scenario.state().timeoutDue()).isEqualTo(scenario.now() + 60_000_000);
    }

    @Test
    void down_time_does_not_count_against_the_timeout() {
        Scenario scenario = given(CancellationTest::two)
                .after(Duration.ofSeconds(20))
                .starts("a")
                .after(Duration.ofHours(1))
                .recovers()
                .thenAmongOthers("recovered, lost 1");
        assertThat(scenario.state().timeoutDue()).isEqualTo(scenario.now() + 40_000_000);
        assertThat(scenario.state().recoveries()).isEqualTo(1);
        scenario.after(Duration.ofSeconds(5))
                .starts("a")
                .after(Duration.ofHours(1))
                .recovers();
        assertThat(scenario.state().timeoutDue()).isEqualTo(scenario.now() + 35_000_000);
        scenario.after(Duration.ofSeconds(35)).timeoutDue().then("stopping: timeout", "cancelled a b", "TIMED_OUT");
    }

    @Test
    void a_recovery_before_the_start_changes_no_timeout() {
        Scenario scenario = accepted(CancellationTest::two)
                .after(Duration.ofHours(1))
                .recovers()
                .then("recovered, lost 0");
        assertThat(scenario.state().timeoutDue()).isZero();
    }
}
