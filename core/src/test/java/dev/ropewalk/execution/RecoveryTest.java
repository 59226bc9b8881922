package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Attempts that end without an outcome, and owners that take over.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecoveryTest {

    @Test
    void lost_attempts_run_again_with_the_next_number_and_count_no_retry() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                .starts("a", "b")
                .succeeds("b")
                .recovers()
                .then("recovered, lost 1", "attempt stopped a LOST", "queued a")
                .starts("a")
                .then("started a #2");
        assertThat(scenario.state().countedFailures(0)).isZero();
        assertThat(scenario.state().generation(0)).isZero();
        scenario.succeeds("a", 1).then("rejected a #1").succeeds("a").then("completed a", "COMPLETED");
    }

    @Test
    void recovering_again_before_anything_started_loses_nothing() {
        given(p -> p.task("a", t -> t.tool("x")))
                .starts("a")
                .recovers()
                .recovers()
                .then("recovered, lost 0")
                .thenIs(TaskStatus.QUEUED, "a");
    }

    @Test
    void the_third_loss_in_a_row_fails_the_task() {
        given(p -> p.task("a", t -> t.tool("x").retry(9)))
                .starts("a")
                .recovers()
                .starts("a")
                .recovers()
                .then("recovered, lost 1", "attempt stopped a LOST", "queued a")
                .starts("a")
                .recovers()
                .then(
                        "recovered, lost 1",
                        "attempt stopped a LOST",
                        "failed a ATTEMPT_LOST",
                        "stopping: failure of a",
                        "FAILED ATTEMPT_LOST at a");
    }

    @Test
    void what_was_settled_before_is_not_settled_again() {
        given(p -> p.step(
                        "s",
                        step -> step.onError(OnError.RETRY)
                                .task(
                                        "a",
                                        t -> t.tool("x").onLost(OnLost.UNKNOWN).onFailure(new FailurePolicy.Skip()))
                                .task("b", t -> t.tool("x").after("a"))))
                .starts("a")
                .succeeds("a")
                .starts("b")
                .fails("b")
                .starts("a")
                .recovers()
                .then(
                        "recovered, lost 1",
                        "attempt stopped a LOST",
                        "attempt failed a #2 OUTCOME_UNKNOWN",
                        "skipped a FAILURE_TOLERATED",
                        "queued b");
    }

    @Test
    void a_reported_failure_or_an_orderly_stop_breaks_the_row_of_losses() {
        given(p -> p.task("a", t -> t.tool("x").retry(1)))
                .starts("a")
                .recovers()
                .starts("a")
                .recovers()
                .starts("a")
                .fails("a")
                .after(Duration.ofMinutes(10))
                .retryDue("a")
                .starts("a")
                .recovers()
                .starts("a")
                .recovers()
                .thenAmongOthers("queued a")
                .starts("a")
                .stops("a", AttemptEnd.SHUTDOWN)
                .then("attempt stopped a SHUTDOWN", "queued a")
                .starts("a")
                .recovers()
                .thenAmongOthers("queued a");
    }

    @Test
    void a_tolerated_third_loss_tells_its_own_reason() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").retry(1).skipOnFailure()))
                .starts("a")
                .fails("a")
                .after(Duration.ofMinutes(10))
                .retryDue("a")
                .starts("a")
                .recovers()
                .starts("a")
                .recovers()
                .starts("a")
                .recovers()
                .thenAmongOthers("attempt failed a #4 ATTEMPT_LOST");
        assertThat(scenario.state().taskFailure(0).orElseThrow().code()).isEqualTo("ATTEMPT_LOST");
        assertThat(scenario.state().countedFailures(0)).isEqualTo(1);
    }

    @Test
    void where_it_matters_a_lost_attempt_is_never_silently_repeated() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").retry(9).onLost(OnLost.UNKNOWN)))
                .starts("a")
                .recovers()
                .then(
                        "recovered, lost 1",
                        "attempt stopped a LOST",
                        "failed a OUTCOME_UNKNOWN",
                        "stopping: failure of a",
                        "FAILED OUTCOME_UNKNOWN at a");
        assertThat(scenario.state().taskFailure(0).orElseThrow().message()).contains("attempt 1");
    }

    @Test
    void an_attempt_that_was_stopped_in_order_runs_again() {
        given(p -> p.task("a", t -> t.tool("x")))
                .starts("a")
                .stops("a", AttemptEnd.SHUTDOWN)
                .then("attempt stopped a SHUTDOWN", "queued a");
    }

    @Test
    void an_execution_that_was_stopping_ends_with_the_loss_of_what_ran() {
        given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").onLost(OnLost.UNKNOWN)))
                .starts("a", "b")
                .isCancelled("enough")
                .recovers()
                .then(
                        "recovered, lost 2",
                        "attempt stopped a LOST",
                        "attempt stopped b LOST",
                        "cancelled a b",
                        "CANCELLED enough");
    }

    @Test
    void one_unknown_outcome_stops_the_recovery_of_the_others() {
        given(p -> p.task("a", t -> t.tool("x").onLost(OnLost.UNKNOWN)).task("b", t -> t.tool("x")))
                .starts("a", "b")
                .recovers()
                .then(
                        "recovered, lost 2",
                        "attempt stopped a LOST",
                        "failed a OUTCOME_UNKNOWN",
                        "stopping: failure of a",
                        "attempt stopped b LOST",
                        "cancelled b",
                        "FAILED OUTCOME_UNKNOWN at a");
    }

    @Test
    void what_waits_for_an_evaluation_is_known_after_a_recovery() {
        Scenario scenario = given(p -> p.task("each", t -> t.tool("x").forEach(List.of(1)))
                .task("b", t -> t.tool("x").when(expression("1")).after("each")));
        scenario.thenToEvaluate("each").recovers().thenToEvaluate("each");
        scenario.expands("each", 1)
                .runs("each[0]")
                .thenToEvaluate("b")
                .recovers()
                .thenToEvaluate("b")
                .decides("b", true)
                .thenAmongOthers("queued b")
                .recovers()
                .thenToEvaluate();
    }
}
