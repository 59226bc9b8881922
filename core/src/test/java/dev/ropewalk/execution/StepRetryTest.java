package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.StepBuilder;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.plan.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Steps with `onError: retry`.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepRetryTest {

    /// The step `s` that may run again twice, and the task `after` that needs its task `a`.
    private static Scenario retrying(Consumer<StepBuilder> step) {
        return given(p -> p.step("s", s -> step.accept(s.onError(OnError.RETRY).maxRetries(2)))
                .step("then", s -> s.task("after", t -> t.tool("x").after("a"))));
    }

    @Test
    void all_tasks_of_the_step_run_again_in_the_next_generation() {
        Scenario scenario = retrying(s ->
                        s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").after("a")))
                .runs("a")
                .then("completed a", "queued b")
                .after(Duration.ofSeconds(1))
                .starts("b")
                .fails("b")
                .then("attempt failed b #1 IO", "step s will run again because of b", "step s runs again", "queued a");
        ExecutionState state = scenario.state();
        assertThat(state.generation(0)).isEqualTo(1);
        assertThat(state.generation(1)).isEqualTo(1);
        assertThat(state.taskResult(0)).isEmpty();
        assertThat(state.taskFailure(1)).isEmpty();
        assertThat(state.completedTasks()).isZero();
        scenario.runs("a")
                .then("completed a", "queued b")
                .starts("b")
                .then("started b #2")
                .succeeds("b")
                .then("completed b", "queued after");
    }

    @Test
    void times_are_those_of_the_generation_and_run_time_and_attempts_go_on() {
        Scenario scenario = retrying(s ->
                        s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").after("a")))
                .runs("a")
                .after(Duration.ofSeconds(1))
                .starts("b")
                .after(Duration.ofSeconds(1))
                .fails("b");
        ExecutionState state = scenario.state();
        assertThat(state.queuedAt(0)).isEqualTo(scenario.now());
        assertThat(state.startedAt(0)).isZero();
        assertThat(state.endedAt(0)).isZero();
        assertThat(state.queuedAt(1)).isZero();
        assertThat(state.startedAt(1)).isZero();
        assertThat(state.runMicros(1)).isEqualTo(1_000);
        assertThat(state.attempts(1)).isEqualTo(1);
        scenario.after(Duration.ofSeconds(1)).starts("a");
        assertThat(state.startedAt(0)).isEqualTo(scenario.now());
    }

    @Test
    void retries_of_attempts_count_anew_in_each_generation() {
        RetryPolicy once = new RetryPolicy(1, Duration.ZERO, 1, 0, Duration.ZERO, List.of(), List.of());
        retrying(s -> s.task("a", t -> t.tool("x").retry(once)))
                .starts("a")
                .fails("a")
                .then("attempt failed a #1 IO", "retry of a in 0 ms")
                .retryDue("a")
                .starts("a")
                .fails("a")
                .thenAmongOthers("step s runs again")
                .starts("a")
                .fails("a")
                .then("attempt failed a #3 IO", "retry of a in 0 ms");
    }

    @Test
    void after_its_last_retry_the_step_stops_the_execution() {
        retrying(s -> s.task("a", t -> t.tool("x")))
                .starts("a")
                .fails("a")
                .starts("a")
                .fails("a")
                .thenAmongOthers("step s runs again")
                .starts("a")
                .fails("a")
                .then(
                        "attempt failed a #3 IO",
                        "failed a IO",
                        "stopping: failure of a",
                        "skipped after UPSTREAM_FAILED because of a",
                        "FAILED IO at a");
    }

    @Test
    void the_step_waits_for_what_runs_in_it_before_it_runs_again() {
        Scenario scenario = retrying(s -> s.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x"))
                        .task("c", t -> t.tool("x"))
                        .task("d", t -> t.tool("x").after("b")))
                .starts("a", "b")
                .fails("a")
                .then("attempt failed a #1 IO", "step s will run again because of a")
                .thenIs(TaskStatus.PENDING, "a");
        assertThat(scenario.state().toStop(scenario.task("b"))).contains(AttemptEnd.STEP_RETRY);
        assertThat(scenario.state().toStop(scenario.task("c"))).isEmpty();
        scenario.starts("c")
                .thenNothing()
                .succeeds("b")
                .then("completed b", "step s runs again", "queued a b c")
                .thenIs(TaskStatus.PENDING, "d");
    }

    @Test
    void a_failure_in_a_step_that_will_run_again_changes_nothing_more() {
        RetryPolicy often = new RetryPolicy(9, Duration.ZERO, 1, 0, Duration.ZERO, List.of(), List.of());
        retrying(s -> s.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").retry(often))
                        .task("c", t -> t.tool("x")))
                .starts("a", "b", "c")
                .fails("a")
                .fails("b")
                .then("attempt failed b #1 IO")
                .stops("c", AttemptEnd.STEP_RETRY)
                .then("attempt stopped c STEP_RETRY", "step s runs again", "queued a b c");
    }

    @Test
    void a_task_that_backs_off_starts_again_with_its_step() {
        RetryPolicy once = new RetryPolicy(1, Duration.ofSeconds(9), 1, 0, Duration.ofSeconds(9), List.of(), List.of());
        retrying(s -> s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").retry(once)))
                .starts("a", "b")
                .fails("b")
                .then("attempt failed b #1 IO", "retry of b in 9000 ms")
                .fails("a")
                .then("attempt failed a #1 IO", "step s will run again because of a", "step s runs again", "queued a b")
                .after(Duration.ofSeconds(9))
                .retryDue("b")
                .thenNothing();
    }

    @Test
    void a_condition_is_evaluated_again_and_its_old_verdict_does_not_count() {
        Scenario scenario = retrying(s ->
                        s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").when(expression("now"))))
                .thenToEvaluate("b")
                .starts("a")
                .fails("a")
                .thenAmongOthers("step s runs again")
                .thenToEvaluate("b");
        int b = scenario.task("b");
        scenario.when(new ExecutionCommand.ReportEvaluation(scenario.now(), b, 0, false, 0, StoredValue.NULL))
                .thenNothing()
                .when(new ExecutionCommand.ReportEvaluationFailed(
                        scenario.now(), b, 0, Failure.permanent("EXPRESSION", "old")))
                .thenNothing()
                .decides("b", true)
                .then("condition of b holds", "queued b");
    }

    @Test
    void a_verdict_in_a_step_that_will_run_again_does_not_count() {
        retrying(s -> s.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x"))
                        .task("c", t -> t.tool("x").when(expression("now"))))
                .starts("a", "b")
                .fails("a")
                .decides("c", false)
                .thenNothing()
                .failsToEvaluate("c")
                .thenNothing()
                .succeeds("b")
                .then("completed b", "step s runs again", "queued a b")
                .thenToEvaluate("c");
    }

    @Test
    void a_condition_that_cannot_be_evaluated_makes_the_step_run_again() {
        retrying(s -> s.task("a", t -> t.tool("x").when(expression("oops"))))
                .failsToEvaluate("a")
                .then("step s will run again because of a", "step s runs again")
                .thenToEvaluate("a");
    }

    @Test
    void the_items_of_the_round_before_are_dropped() {
        Scenario scenario = retrying(s -> s.task("a", t -> t.tool("x").forEach(List.of(1, 2, 3))))
                .expands("a", 3)
                .then("expanded a into 3", "queued a[0] a[1] a[2]")
                .runs("a[0]")
                .starts("a[1]", "a[2]");
        int first = scenario.task("a[0]");
        assertThat(scenario.state().countedTasks()).isEqualTo(5);
        scenario.fails("a[1]")
                .then("attempt failed a[1] #1 IO", "step s will run again because of a[1]")
                .stops("a[2]", AttemptEnd.STEP_RETRY)
                .then("attempt stopped a[2] STEP_RETRY", "step s runs again")
                .thenToEvaluate("a");
        assertThat(scenario.state().taskStatus(first)).isEqualTo(TaskStatus.COMPLETED);
        assertThat(scenario.state().taskStatus(first + 1)).isEqualTo(TaskStatus.CANCELLED);
        assertThat(scenario.state().countedTasks()).isEqualTo(2);
        assertThat(scenario.state().expansion(0)).isEmpty();
        scenario.expands("a", 1).then("expanded a into 1", "queued a[0]");
        assertThat(scenario.task("a[0]")).isEqualTo(first + 3);
        scenario.runs("a[0]").then("completed a[0]", "completed a", "queued after");
        assertThat(scenario.state().expansion(0).orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void a_fallback_that_failed_makes_the_step_run_again_from_the_task_it_stood_in_for() {
        retrying(s -> s.task("a", t -> t.tool("x").fallback("b"))
                        .task("b", t -> t.tool("x"))
                        .task("c", t -> t.tool("x").after("a")))
                .starts("a")
                .fails("a")
                .starts("b")
                .fails("b")
                .then("attempt failed b #1 IO", "step s will run again because of b", "step s runs again", "queued a")
                .runs("a")
                .then("completed a", "skipped b NOT_NEEDED", "queued c")
                .runs("c")
                .then("completed c", "queued after");
    }

    @Test
    void a_fallback_that_runs_while_its_step_runs_again_is_taken_back_with_its_edges() {
        retrying(s -> s.task("a", t -> t.tool("x").fallback("b"))
                        .task("b", t -> t.tool("x"))
                        .task("c", t -> t.tool("x").after("a"))
                        .task("d", t -> t.tool("x")))
                .starts("a", "d")
                .fails("a")
                .starts("b")
                .fails("d")
                .then("attempt failed d #1 IO", "step s will run again because of d")
                .succeeds("b")
                .then("completed b", "step s runs again", "queued a d")
                .starts("a", "d")
                .succeeds("d")
                .fails("a")
                .then("attempt failed a #2 IO", "failed a IO", "queued b")
                .runs("b")
                .then("completed b", "queued c")
                .runs("c")
                .then("completed c", "queued after");
    }

    @Test
    void a_fallback_that_must_not_run_makes_the_step_run_again_before_anything_after_it_starts() {
        retrying(s -> s.task("a", t -> t.tool("x").fallback("b"))
                        .task("b", t -> t.tool("x").when(expression("vars.plan_b"))))
                .starts("a")
                .fails("a")
                .decides("b", false)
                .then(
                        "condition of b does not hold",
                        "step s will run again because of a",
                        "step s runs again",
                        "queued a")
                .runs("a")
                .then("completed a", "skipped b NOT_NEEDED", "queued after");
    }

    @Test
    void a_fallback_that_waits_to_be_skipped_is_left_alone_after_a_recovery() {
        given(p -> p.step("p", s -> s.onError(OnError.CONTINUE).task("other", t -> t.tool("x")))
                        .step(
                                "s",
                                s -> s.onError(OnError.RETRY)
                                        .maxRetries(1)
                                        .task("a", t -> t.tool("x").fallback("b"))
                                        .task("b", t -> t.tool("x").after("other"))
                                        .task("c", t -> t.tool("x")))
                        .step("then", s -> s.after("s").task("after", t -> t.tool("x"))))
                .starts("other", "a", "c")
                .fails("a")
                .fails("other")
                .then("attempt failed other #1 IO", "failed other IO", "step s will run again because of a")
                .recovers()
                .then("recovered, lost 1", "attempt stopped c LOST", "step s runs again", "queued a c");
    }

    @Test
    void what_failed_outside_still_holds_when_the_step_runs_again() {
        given(p -> p.step("p", s -> s.onError(OnError.CONTINUE).task("other", t -> t.tool("x")))
                        .step(
                                "s",
                                s -> s.onError(OnError.RETRY)
                                        .maxRetries(1)
                                        .task("a", t -> t.tool("x").after("other"))
                                        .task("b", t -> t.tool("x"))))
                .starts("other", "b")
                .fails("other")
                .thenAmongOthers("skipped a UPSTREAM_FAILED because of other")
                .fails("b")
                .then(
                        "attempt failed b #1 IO",
                        "step s will run again because of b",
                        "step s runs again",
                        "skipped a UPSTREAM_FAILED because of other",
                        "queued b");
    }

    @Test
    void cancelling_wins_over_running_again() {
        retrying(s -> s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                .starts("a", "b")
                .fails("a")
                .isCancelled("enough")
                .then("stopping: cancel")
                .stops("b", AttemptEnd.CANCELLED)
                .then("attempt stopped b CANCELLED", "cancelled a b after s/$end", "CANCELLED enough");
    }

    private static Workflow inner(Consumer<StepBuilder> step) {
        return ExecutionPlan.named("inner").step("i", step).workflow();
    }

    @Test
    void a_sub_plan_in_the_step_runs_again_as_a_whole() {
        Workflow inner = inner(
                s -> s.task("x", t -> t.tool("x")).task("y", t -> t.tool("x").after("x")));
        Scenario scenario = retrying(s -> s.task("a", t -> t.plan(inner)))
                .runs("a/$start")
                .then("completed a/$start", "queued a/x")
                .runs("a/x")
                .starts("a/y")
                .fails("a/y")
                .then(
                        "attempt failed a/y #1 IO",
                        "step s will run again because of a/y",
                        "step s runs again",
                        "queued a/$start")
                .runs("a/$start", "a/x", "a/y")
                .then("completed a/y", "queued a")
                .runs("a")
                .then("completed a", "queued after");
        assertThat(scenario.state().generation(scenario.task("a/x"))).isEqualTo(1);
    }

    @Test
    void the_innermost_step_with_retries_left_runs_again_first() {
        Workflow inner = inner(s -> s.onError(OnError.RETRY)
                .maxRetries(1)
                .task("x", t -> t.tool("x"))
                .task("y", t -> t.tool("x").after("x")));
        given(p -> p.step("s", s -> s.onError(OnError.RETRY).maxRetries(1).task("a", t -> t.plan(inner))))
                .runs("a/$start", "a/x")
                .starts("a/y")
                .fails("a/y")
                .then(
                        "attempt failed a/y #1 IO",
                        "step a/i will run again because of a/y",
                        "step a/i runs again",
                        "queued a/x")
                .runs("a/x")
                .starts("a/y")
                .fails("a/y")
                .then(
                        "attempt failed a/y #2 IO",
                        "step s will run again because of a/y",
                        "step s runs again",
                        "queued a/$start")
                .runs("a/$start", "a/x")
                .starts("a/y")
                .fails("a/y")
                .thenAmongOthers("step a/i runs again")
                .runs("a/x")
                .starts("a/y")
                .fails("a/y")
                .thenAmongOthers("FAILED IO at a/y");
    }

    @Test
    void an_inner_step_waits_for_the_outer_one_if_both_will_run_again() {
        Workflow inner = inner(s -> s.onError(OnError.RETRY)
                .maxRetries(1)
                .task("x", t -> t.tool("x"))
                .task("y", t -> t.tool("x")));
        given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.RETRY)
                                .maxRetries(1)
                                .task("a", t -> t.plan(inner))
                                .task("b", t -> t.tool("x"))
                                .task("c", t -> t.tool("x"))))
                .runs("a/$start")
                .starts("b", "c", "a/x", "a/y")
                .fails("a/x")
                .then("attempt failed a/x #1 IO", "step a/i will run again because of a/x")
                .fails("b")
                .then("attempt failed b #1 IO", "step s will run again because of b")
                .stops("a/y", AttemptEnd.STEP_RETRY)
                .then("attempt stopped a/y STEP_RETRY")
                .stops("c", AttemptEnd.STEP_RETRY)
                .then("attempt stopped c STEP_RETRY", "step s runs again", "queued a/$start b c");
    }
}
