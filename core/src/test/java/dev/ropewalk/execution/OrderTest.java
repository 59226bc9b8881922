package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.accepted;
import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What starts after what, and how an execution comes to its end.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderTest {

    @Test
    void tasks_that_wait_for_nothing_are_queued_at_the_start_together() {
        accepted(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").after("a"))
                        .task("c", t -> t.tool("x")))
                .starts()
                .then("execution started", "queued a c");
    }

    @Test
    void a_task_is_queued_when_the_last_task_that_it_needs_has_completed() {
        given(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x"))
                        .task("join", t -> t.tool("x").after("a", "b")))
                .starts("a", "b")
                .succeeds("b")
                .then("completed b")
                .succeeds("a")
                .then("completed a", "queued join");
    }

    @Test
    void a_queued_task_that_can_never_get_what_it_needs_fails_without_an_attempt() {
        Failure spent = Failure.permanent("BUDGET_EXCEEDED", "nothing is left");
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").retry(3)).task("b", t -> t.tool("x")))
                .when(new ExecutionCommand.RefuseTask(Scenario.NOON, 0, spent))
                .then(
                        "failed a BUDGET_EXCEEDED",
                        "stopping: failure of a",
                        "cancelled b",
                        "FAILED BUDGET_EXCEEDED at a");
        assertThat(scenario.state().attempts(0)).isZero();
        given(p -> p.task("a", t -> t.tool("x")))
                .starts("a")
                .when(new ExecutionCommand.RefuseTask(Scenario.NOON, 0, spent))
                .thenNothing();
        given(p -> p.task("a", t -> t.tool("x")))
                .runs("a")
                .when(new ExecutionCommand.RefuseTask(Scenario.NOON, 0, spent))
                .thenNothing();
    }

    @Test
    void an_execution_completes_with_its_last_task() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x"))).runs("a").then("completed a", "COMPLETED");
        assertThat(scenario.state().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(scenario.state().endedAt()).isEqualTo(scenario.now());
    }

    @Test
    void a_result_is_asked_for_when_all_tasks_have_ended() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")).result(expression("tasks.a.result")))
                .runs("a")
                .then("completed a");
        assertThat(scenario.state().needsResult()).isTrue();
        scenario.returns("42").then("COMPLETED");
        assertThat(scenario.state().result()).isEqualTo(Scenario.json("42"));
        assertThat(scenario.state().needsResult()).isFalse();
    }

    @Test
    void a_result_that_cannot_be_evaluated_fails_the_execution() {
        given(p -> p.task("a", t -> t.tool("x")).result(expression("oops")))
                .runs("a")
                .when(new ExecutionCommand.ReportResultFailed(
                        Scenario.NOON, Failure.permanent(Failure.EXPRESSION, "no such key")))
                .then("FAILED EXPRESSION");
    }

    @Test
    void a_result_that_nobody_waits_for_changes_nothing() {
        given(p -> p.task("a", t -> t.tool("x"))).starts("a").returns("1").thenNothing();
        given(p -> p.task("a", t -> t.tool("x")))
                .when(new ExecutionCommand.ReportResultFailed(0, Failure.permanent("E", "e")))
                .thenNothing();
    }

    @Test
    void a_step_waits_for_the_end_of_the_steps_before_it() {
        given(p -> p.step("one", s -> s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                        .step("two", s -> s.after("one").task("c", t -> t.tool("x"))))
                .runs("a")
                .then("completed a")
                .runs("b")
                .then("completed b", "queued c");
    }

    @Test
    void a_step_after_a_failed_step_runs_if_the_failure_lets_the_execution_go_on() {
        given(p -> p.step("one", s -> s.onError(OnError.CONTINUE).task("a", t -> t.tool("x")))
                        .step("two", s -> s.after("one").task("b", t -> t.tool("x"))))
                .starts("a")
                .fails("a")
                .then("attempt failed a #1 IO", "failed a IO", "queued b")
                .runs("b")
                .then("completed b", "FAILED TASKS_FAILED at a");
    }

    @Test
    void a_sequential_step_runs_its_tasks_one_after_the_other() {
        given(p -> p.step(
                        "s",
                        s -> s.mode(StepMode.SEQUENTIAL)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x"))
                                .task("c", t -> t.tool("x"))))
                .then("execution started", "queued a")
                .runs("a")
                .then("completed a", "queued b")
                .runs("b")
                .then("completed b", "queued c");
    }

    @Test
    void a_task_that_is_not_queued_does_not_start() {
        given(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").after("a")))
                .starts("b")
                .thenNothing()
                .starts("a")
                .starts("a")
                .thenNothing();
    }

    @Test
    void an_execution_starts_once() {
        given(p -> p.task("a", t -> t.tool("x"))).starts().thenNothing();
    }

    @Test
    void time_never_goes_back_within_an_execution() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x")))
                .after(Duration.ofSeconds(5))
                .starts("a")
                .after(Duration.ofSeconds(-10))
                .succeeds("a");
        assertThat(scenario.log().getLast().at()).isEqualTo(Scenario.NOON + 5_000_000);
    }

    @Test
    void what_a_task_went_through_can_be_read_from_the_state() {
        Scenario scenario = given(p ->
                        p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").after("a")))
                .after(Duration.ofSeconds(1))
                .starts("a")
                .after(Duration.ofSeconds(2))
                .succeeds("a");
        ExecutionState state = scenario.state();
        assertThat(state.id()).isEqualTo("x");
        assertThat(state.acceptedAt()).isEqualTo(Scenario.NOON);
        assertThat(state.startedAt()).isEqualTo(Scenario.NOON);
        assertThat(state.queuedAt(0)).isEqualTo(Scenario.NOON);
        assertThat(state.startedAt(0)).isEqualTo(Scenario.NOON + 1_000_000);
        assertThat(state.endedAt(0)).isEqualTo(Scenario.NOON + 3_000_000);
        assertThat(state.queuedAt(1)).isEqualTo(Scenario.NOON + 3_000_000);
        assertThat(state.runMicros(0)).isEqualTo(1_000);
        assertThat(state.attempts(0)).isEqualTo(1);
        assertThat(state.tally.attempts).isEqualTo(1);
        assertThat(state.tally.failedAttempts).isZero();
        assertThat(state.taskResult(0)).contains(Scenario.json("\"a\""));
        assertThat(state.lastSeq()).isEqualTo(scenario.log().size());
        scenario.thenIs(TaskStatus.COMPLETED, "a").thenIs(TaskStatus.QUEUED, "b");
    }

    @Test
    void a_terminal_state_absorbs_everything() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").retry(3)).timeout(Duration.ofSeconds(1)))
                .runs("a")
                .after(Duration.ofDays(1));
        ExecutionState ended = scenario.folded();
        scenario.starts()
                .thenNothing()
                .starts("a")
                .thenNothing()
                .isCancelled("late")
                .thenNothing()
                .timeoutDue()
                .thenNothing()
                .retryDue("a")
                .thenNothing()
                .returns("1")
                .thenNothing()
                .stops("a", AttemptEnd.LOST)
                .thenNothing()
                .decides("a", true)
                .thenNothing()
                .failsToEvaluate("a")
                .thenNothing()
                .when(new ExecutionCommand.ReportResultFailed(scenario.now(), Failure.permanent("E", "e")))
                .thenNothing()
                .recovers()
                .thenNothing()
                .when(new ExecutionCommand.Accept(scenario.now(), "y", 1, ""))
                .thenNothing();
        assertThat(StateComparison.differences(scenario.state(), ended)).isEmpty();
    }

    @Test
    void a_late_outcome_is_recorded_as_rejected_and_changes_nothing() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x"))).runs("a");
        scenario.succeeds("a", 1)
                .then("rejected a #1")
                .fails("a", 1, Failure.retryable("IO", "late"))
                .then("rejected a #1");
        assertThat(scenario.state().status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void an_outcome_counts_only_for_the_attempt_that_runs() {
        given(p -> p.task("a", t -> t.tool("x").retry(1)).task("b", t -> t.tool("x")))
                .starts("a")
                .succeeds("a", 2)
                .then("rejected a #2")
                .succeeds("b", 0)
                .then("rejected b #0")
                .fails("a")
                .succeeds("a", 1)
                .then("rejected a #1")
                .when(new ExecutionCommand.ReportStopped(Scenario.NOON, 0, 1, AttemptEnd.LOST))
                .thenNothing()
                .when(new ExecutionCommand.ReportSuccess(Scenario.NOON, 0, 0, StoredValue.NULL, "", 0, List.of()))
                .then("rejected a #0");
    }
}
