package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.StepBuilder;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the final failure of a task means, by its `onFailure` and its step's `onError`.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailurePolicyTest {

    private static Consumer<PlanBuilder> inStep(OnError onError, Consumer<StepBuilder> step) {
        return p -> p.step("s", s -> step.accept(s.onError(onError)));
    }

    @Nested
    class Stop {
        private Scenario scenario() {
            return given(inStep(
                    OnError.STOP,
                    s -> s.task("a", t -> t.tool("x"))
                            .task("b", t -> t.tool("x"))
                            .task("c", t -> t.tool("x").after("a"))
                            .task("d", t -> t.tool("x"))));
        }

        @Test
        void a_failure_stops_what_runs_and_fails_the_execution() {
            Scenario scenario = scenario()
                    .starts("a", "b")
                    .fails("a")
                    .then(
                            "attempt failed a #1 IO",
                            "failed a IO",
                            "stopping: failure of a",
                            "skipped c UPSTREAM_FAILED because of a");
            ExecutionState state = scenario.state();
            assertThat(state.toStop(scenario.task("b"))).contains(AttemptEnd.CANCELLED);
            assertThat(state.toStop(scenario.task("a"))).isEmpty();
            assertThat(state.stopReason()).contains(StopReason.FAILURE);
            scenario.stops("b", AttemptEnd.CANCELLED)
                    .then("attempt stopped b CANCELLED", "cancelled b d", "FAILED IO at a")
                    .thenIs(TaskStatus.CANCELLED, "b", "d");
            assertThat(state.failedTask()).isEqualTo(scenario.task("a"));
            assertThat(state.failure().orElseThrow().message()).isEqualTo("task a failed: broken pipe");
        }

        @Test
        void nothing_starts_while_an_execution_stops() {
            scenario().starts("a", "b").fails("a").starts("d").thenNothing();
        }

        @Test
        void a_result_that_comes_while_an_execution_stops_is_accepted() {
            scenario().starts("a", "b").fails("a").succeeds("b").then("completed b", "cancelled d", "FAILED IO at a");
        }

        @Test
        void a_failure_that_comes_while_an_execution_stops_is_recorded_and_not_retried() {
            given(inStep(
                            OnError.STOP,
                            s -> s.task("a", t -> t.tool("x"))
                                    .task("b", t -> t.tool("x").retry(5))))
                    .starts("a", "b")
                    .fails("a")
                    .fails("b")
                    .then("attempt failed b #1 IO", "failed b IO", "FAILED IO at a");
        }
    }

    @Nested
    class Continue {
        @Test
        void only_what_needs_the_failed_task_is_skipped() {
            Scenario scenario = given(inStep(
                            OnError.CONTINUE,
                            s -> s.task("a", t -> t.tool("x"))
                                    .task("b", t -> t.tool("x").after("a"))
                                    .task("c", t -> t.tool("x").after("b"))
                                    .task("d", t -> t.tool("x"))))
                    .starts("a", "d")
                    .fails("a")
                    .then(
                            "attempt failed a #1 IO",
                            "failed a IO",
                            "skipped b UPSTREAM_FAILED because of a",
                            "skipped c UPSTREAM_FAILED because of a");
            assertThat(scenario.state().skipCause(scenario.task("c"))).isEqualTo(scenario.task("a"));
            assertThat(scenario.state().skipReason(scenario.task("c"))).contains(SkipReason.UPSTREAM_FAILED);
            assertThat(scenario.state().failedTask()).isEqualTo(-1);
            scenario.succeeds("d").then("completed d", "FAILED TASKS_FAILED at a");
            assertThat(scenario.state().failedTask()).isEqualTo(scenario.task("a"));
            assertThat(scenario.state().failure().orElseThrow().message()).isEqualTo("1 task failed");
        }

        @Test
        void the_error_names_the_task_that_failed_first_and_how_many_did() {
            Scenario scenario = given(inStep(
                            OnError.CONTINUE, s -> s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x"))))
                    .starts("a", "b")
                    .after(Duration.ofSeconds(1))
                    .fails("b")
                    .after(Duration.ofSeconds(1))
                    .fails("a")
                    .thenAmongOthers("FAILED TASKS_FAILED at b");
            assertThat(scenario.state().failure().orElseThrow().message()).isEqualTo("2 tasks failed");
        }

        @Test
        void a_task_that_needs_two_failed_ones_names_the_first() {
            given(inStep(
                            OnError.CONTINUE,
                            s -> s.task("a", t -> t.tool("x"))
                                    .task("b", t -> t.tool("x"))
                                    .task("c", t -> t.tool("x").after("a", "b"))))
                    .starts("a", "b")
                    .fails("b")
                    .fails("a")
                    .thenAmongOthers("skipped c UPSTREAM_FAILED because of b");
        }
    }

    @Nested
    class Skip {
        @Test
        void a_tolerated_failure_counts_as_a_skip_and_what_needs_the_task_goes_on() {
            Scenario scenario = given(p -> p.task("a", t -> t.tool("x").skipOnFailure())
                            .task("b", t -> t.tool("x").after("a")))
                    .starts("a")
                    .fails("a")
                    .then("attempt failed a #1 IO", "skipped a FAILURE_TOLERATED", "queued b")
                    .runs("b")
                    .then("completed b", "COMPLETED");
            assertThat(scenario.state().taskFailure(0).orElseThrow().code()).isEqualTo("IO");
            assertThat(scenario.state().skipReason(0)).contains(SkipReason.FAILURE_TOLERATED);
            assertThat(scenario.state().taskResult(0)).isEmpty();
        }

        @Test
        void a_tolerated_failure_that_no_attempt_reported_is_recorded_without_counting_an_attempt() {
            Scenario scenario = given(p -> p.task(
                            "a", t -> t.tool("x").when(expression("oops")).skipOnFailure()))
                    .failsToEvaluate("a")
                    .then("attempt failed a #0 EXPRESSION", "skipped a FAILURE_TOLERATED", "COMPLETED");
            assertThat(scenario.state().countedFailures(0)).isZero();
            assertThat(scenario.state().tally.failedAttempts).isZero();
            assertThat(scenario.state().taskFailure(0).orElseThrow().code()).isEqualTo(Failure.EXPRESSION);
        }
    }

    @Nested
    class Fallback {
        private Scenario scenario() {
            return given(p -> p.task("a", t -> t.tool("x").fallback("b"))
                    .task("b", t -> t.tool("x").fallback("c"))
                    .task("c", t -> t.tool("x"))
                    .task("d", t -> t.tool("x").after("a"))
                    .task("e", t -> t.tool("x").after("b")));
        }

        @Test
        void fallbacks_that_are_not_needed_are_skipped() {
            scenario()
                    .then("execution started", "queued a")
                    .runs("a")
                    .then("completed a", "skipped b NOT_NEEDED", "skipped c NOT_NEEDED", "queued d e")
                    .runs("d", "e")
                    .then("completed e", "COMPLETED");
        }

        @Test
        void a_fallback_stands_in_for_a_failed_task_and_what_needs_that_waits_for_it() {
            Scenario scenario = scenario()
                    .starts("a")
                    .fails("a")
                    .then("attempt failed a #1 IO", "failed a IO", "queued b")
                    .starts("b")
                    .succeeds("b")
                    .then("completed b", "skipped c NOT_NEEDED", "queued e d");
            assertThat(scenario.state().standIn(0)).isEqualTo(scenario.task("b"));
            scenario.runs("d", "e").then("completed e", "COMPLETED");
        }

        @Test
        void a_fallback_can_have_a_fallback() {
            Scenario scenario = scenario()
                    .starts("a")
                    .fails("a")
                    .starts("b")
                    .fails("b", Failure.retryable(Failure.TIMEOUT, "too slow"))
                    .then("attempt failed b #1 TIMEOUT", "timed out b", "queued c")
                    .runs("c")
                    .then("completed c", "queued e d");
            assertThat(scenario.state().standIn(0)).isEqualTo(scenario.task("c"));
            scenario.runs("d", "e").then("completed e", "COMPLETED");
        }

        @Test
        void when_the_last_fallback_fails_the_step_decides() {
            scenario()
                    .starts("a")
                    .fails("a")
                    .starts("b")
                    .fails("b")
                    .starts("c")
                    .fails("c")
                    .then(
                            "attempt failed c #1 IO",
                            "failed c IO",
                            "stopping: failure of c",
                            "skipped e UPSTREAM_FAILED because of c",
                            "skipped d UPSTREAM_FAILED because of c",
                            "FAILED IO at c");
        }

        @Test
        void a_fallback_whose_failure_is_tolerated_tolerates_that_of_its_task() {
            given(p -> p.task("a", t -> t.tool("x").fallback("b"))
                            .task("b", t -> t.tool("x").skipOnFailure())
                            .task("c", t -> t.tool("x").after("a")))
                    .starts("a")
                    .fails("a")
                    .starts("b")
                    .fails("b")
                    .then("attempt failed b #1 IO", "skipped b FAILURE_TOLERATED", "queued c")
                    .runs("c")
                    .then("completed c", "COMPLETED");
        }

        @Test
        void a_fallback_that_must_not_run_leaves_the_failure_to_the_step() {
            Consumer<PlanBuilder> plan = p -> p.task("a", t -> t.tool("x").fallback("b"))
                    .task("b", t -> t.tool("x").when(expression("vars.plan_b")))
                    .task("c", t -> t.tool("x").after("a"));
            given(plan)
                    .starts("a")
                    .fails("a")
                    .thenToEvaluate("b")
                    .decides("b", false)
                    .then(
                            "condition of b does not hold",
                            "skipped b WHEN_FALSE",
                            "stopping: failure of a",
                            "skipped c UPSTREAM_FAILED because of a",
                            "FAILED IO at a");
        }

        @Test
        void a_fallback_that_cannot_run_because_of_another_failure_leaves_the_failure_to_the_step() {
            given(inStep(
                            OnError.CONTINUE,
                            s -> s.task("other", t -> t.tool("x"))
                                    .task("a", t -> t.tool("x").fallback("b"))
                                    .task("b", t -> t.tool("x").after("other"))
                                    .task("c", t -> t.tool("x").after("a"))))
                    .starts("other", "a")
                    .fails("a")
                    .fails("other")
                    .then(
                            "attempt failed other #1 IO",
                            "failed other IO",
                            "skipped b UPSTREAM_FAILED because of other",
                            "skipped c UPSTREAM_FAILED because of a",
                            "FAILED TASKS_FAILED at other");
        }
    }
}
