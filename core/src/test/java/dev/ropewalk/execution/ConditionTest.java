package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.plan.Workflow;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConditionTest {

    @Test
    void a_condition_is_evaluated_when_all_that_the_task_needs_has_completed() {
        given(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").after("a").when(expression("c"))))
                .thenToEvaluate()
                .runs("a")
                .then("completed a")
                .thenIs(TaskStatus.PENDING, "b")
                .thenToEvaluate("b")
                .thenToEvaluate()
                .decides("b", true)
                .then("condition of b holds", "queued b");
    }

    @Test
    void a_task_whose_condition_does_not_hold_is_skipped_and_what_needs_it_runs() {
        given(p -> p.task("a", t -> t.tool("x").when(expression("c")))
                        .task("b", t -> t.tool("x").after("a")))
                .decides("a", false)
                .then("condition of a does not hold", "skipped a WHEN_FALSE", "queued b")
                .runs("b")
                .then("completed b", "COMPLETED");
    }

    @Test
    void an_execution_in_which_everything_is_skipped_completes() {
        given(p -> p.task("a", t -> t.tool("x").when(expression("c"))))
                .decides("a", false)
                .then("condition of a does not hold", "skipped a WHEN_FALSE", "COMPLETED");
    }

    @Test
    void a_condition_that_cannot_be_evaluated_fails_the_task() {
        given(p -> p.task("a", t -> t.tool("x").retry(5).when(expression("oops"))))
                .failsToEvaluate("a")
                .then("failed a EXPRESSION", "stopping: failure of a", "FAILED EXPRESSION at a");
    }

    @Test
    void a_verdict_counts_once() {
        given(p -> p.task("a", t -> t.tool("x").when(expression("c"))))
                .decides("a", true)
                .decides("a", false)
                .thenNothing()
                .failsToEvaluate("a")
                .thenNothing();
    }

    @Test
    void a_verdict_does_not_count_while_the_execution_stops() {
        given(p -> p.task("a", t -> t.tool("x").when(expression("c"))).task("b", t -> t.tool("x")))
                .starts("b")
                .isCancelled("enough")
                .decides("a", true)
                .thenNothing()
                .failsToEvaluate("a")
                .thenNothing()
                .succeeds("b")
                .then("completed b", "cancelled a", "CANCELLED enough");
    }

    private static Scenario conditional() {
        return given(p -> p.step(
                        "s",
                        s -> s.mode(StepMode.CONDITIONAL)
                                .task("a", t -> t.tool("x").when(expression("1")))
                                .task("b", t -> t.tool("x").when(expression("2")))
                                .task("c", t -> t.tool("x")))
                .step("then", s -> s.task("d", t -> t.tool("x").after("a", "b", "c"))));
    }

    @Test
    void a_conditional_step_runs_the_first_task_whose_condition_holds() {
        conditional()
                .thenToEvaluate("a")
                .decides("a", false)
                .then("condition of a does not hold", "skipped a WHEN_FALSE")
                .thenToEvaluate("b")
                .decides("b", true)
                .then("condition of b holds", "queued b")
                .runs("b")
                .then("completed b", "skipped c NOT_CHOSEN", "queued d");
    }

    @Test
    void the_task_without_condition_is_the_last_choice() {
        conditional()
                .decides("a", false)
                .decides("b", false)
                .then("condition of b does not hold", "skipped b WHEN_FALSE", "queued c")
                .runs("c")
                .then("completed c", "queued d");
    }

    @Test
    void a_task_behind_the_chosen_one_is_not_chosen_even_if_that_fails() {
        given(p -> p.step(
                        "s",
                        s -> s.mode(StepMode.CONDITIONAL)
                                .onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x").when(expression("1")))
                                .task("b", t -> t.tool("x").when(expression("2")))
                                .task("c", t -> t.tool("x"))))
                .decides("a", true)
                .starts("a")
                .fails("a")
                .then(
                        "attempt failed a #1 IO",
                        "failed a IO",
                        "skipped b NOT_CHOSEN",
                        "skipped c NOT_CHOSEN",
                        "FAILED TASKS_FAILED at a");
    }

    @Test
    void a_task_whose_failure_was_tolerated_was_chosen() {
        given(p -> p.step(
                        "s",
                        s -> s.mode(StepMode.CONDITIONAL)
                                .task(
                                        "a",
                                        t -> t.tool("x").when(expression("1")).skipOnFailure())
                                .task("b", t -> t.tool("x"))))
                .decides("a", true)
                .starts("a")
                .fails("a")
                .then("attempt failed a #1 IO", "skipped a FAILURE_TOLERATED", "skipped b NOT_CHOSEN", "COMPLETED");
    }

    @Test
    void a_choice_that_could_not_be_tried_skips_what_follows() {
        given(p -> p.step("p", s -> s.onError(OnError.CONTINUE).task("other", t -> t.tool("x")))
                        .step(
                                "s",
                                s -> s.mode(StepMode.CONDITIONAL)
                                        .task(
                                                "a",
                                                t -> t.tool("x").after("other").when(expression("1")))
                                        .task("b", t -> t.tool("x"))))
                .starts("other")
                .fails("other")
                .thenAmongOthers("skipped a UPSTREAM_FAILED because of other")
                .thenAmongOthers("skipped b UPSTREAM_FAILED because of other");
    }

    private static final Workflow SUB = ExecutionPlan.named("sub")
            .task("x", t -> t.tool("x"))
            .task("y", t -> t.tool("x").after("x").when(expression("1")))
            .workflow();

    @Test
    void a_sub_plan_whose_gate_stays_shut_is_skipped_as_a_whole() {
        given(p -> p.task("sub", t -> t.plan(SUB).when(expression("0")))
                        .task("after", t -> t.tool("x").after("sub")))
                .thenToEvaluate("sub/$start")
                .decides("sub/$start", false)
                .then(
                        "condition of sub/$start does not hold",
                        "skipped sub/$start WHEN_FALSE",
                        "skipped sub/x WHEN_FALSE",
                        "skipped sub/y WHEN_FALSE",
                        "skipped sub WHEN_FALSE",
                        "queued after");
    }

    @Test
    void what_fails_in_a_sub_plan_fails_its_end() {
        given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.CONTINUE)
                                .task(
                                        "sub",
                                        t -> t.plan(ExecutionPlan.named("sub")
                                                .step(
                                                        "i",
                                                        i -> i.onError(OnError.CONTINUE)
                                                                .task("x", u -> u.tool("x"))
                                                                .task("y", u -> u.tool("x")))
                                                .workflow()))
                                .task("after", t -> t.tool("x").after("sub"))))
                .runs("sub/$start")
                .starts("sub/x", "sub/y")
                .fails("sub/x")
                .thenAmongOthers("failed sub/x IO")
                .succeeds("sub/y")
                .then(
                        "completed sub/y",
                        "skipped sub UPSTREAM_FAILED because of sub/x",
                        "skipped after UPSTREAM_FAILED because of sub/x",
                        "FAILED TASKS_FAILED at sub/x");
    }

    @Test
    void a_gate_that_fails_fails_all_behind_it() {
        given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.CONTINUE)
                                .task("sub", t -> t.plan(SUB).when(expression("oops")))))
                .failsToEvaluate("sub/$start")
                .then(
                        "failed sub/$start EXPRESSION",
                        "skipped sub/x UPSTREAM_FAILED because of sub/$start",
                        "skipped sub/y UPSTREAM_FAILED because of sub/$start",
                        "skipped sub UPSTREAM_FAILED because of sub/$start",
                        "FAILED TASKS_FAILED at sub/$start");
    }

    @Test
    void a_sub_plan_can_be_a_choice() {
        given(p -> p.step(
                        "s",
                        s -> s.mode(StepMode.CONDITIONAL)
                                .task("sub", t -> t.plan(SUB).when(expression("1")))
                                .task("else", t -> t.tool("x"))))
                .decides("sub/$start", true)
                .runs("sub/$start")
                .then("completed sub/$start", "skipped else NOT_CHOSEN", "queued sub/x")
                .runs("sub/x")
                .decides("sub/y", false)
                .then("condition of sub/y does not hold", "skipped sub/y WHEN_FALSE", "queued sub")
                .runs("sub")
                .then("completed sub", "COMPLETED");
    }

    @Test
    void every_task_of_a_list_of_conditions_is_evaluated_once() {
        Scenario scenario = given(p -> {
            for (String id : List.of("a", "b", "c")) {
                p.task(id, t -> t.tool("x").when(expression("1")));
            }
        });
        scenario.decides("b", false).thenToEvaluate("a", "c").thenToEvaluate();
    }
}
