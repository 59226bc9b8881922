package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.DependencyType.FINISH_TO_FINISH;
import static dev.ropewalk.plan.DependencyType.FINISH_TO_START;
import static dev.ropewalk.plan.DependencyType.START_TO_FINISH;
import static dev.ropewalk.plan.DependencyType.START_TO_START;
import static dev.ropewalk.plan.Values.expression;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What each type of dependency holds, and until when.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DependencyTypesTest {

    private static Scenario two(DependencyType type, long lagMillis) {
        return given(p ->
                p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").dependsOn("a", type, ofMillis(lagMillis))));
    }

    @Test
    void a_start_waits_for_the_end_of_another_and_its_lag() {
        two(FINISH_TO_START, 100)
                .starts("a")
                .succeeds("a")
                .then("completed a", "delayed b by 100 ms LAG")
                .thenIs(TaskStatus.PENDING, "b")
                .after(ofMillis(99))
                .delayDue("b")
                .thenNothing()
                .after(ofMillis(1))
                .delayDue("b")
                .then("queued b");
    }

    @Test
    void a_start_waits_for_the_start_of_another() {
        two(START_TO_START, 0)
                .starts("a")
                .then("started a #1", "queued b")
                .fails("a")
                .thenAmongOthers("failed a IO");
        two(START_TO_START, 20).starts("a").then("started a #1", "delayed b by 20 ms LAG");
    }

    @Test
    void a_start_that_never_comes_skips_what_waits_for_it() {
        for (DependencyType type : List.of(START_TO_START, START_TO_FINISH)) {
            given(p -> p.step(
                            "main",
                            s -> s.onError(OnError.CONTINUE)
                                    .task("a", t -> t.tool("x").when(expression("?")))
                                    .task("b", t -> t.tool("x").dependsOn("a", type))
                                    .task("c", t -> t.tool("x").after("b"))))
                    .failsToEvaluate("a")
                    .thenAmongOthers("failed a EXPRESSION");
        }
        given(p -> p.task("a", t -> t.tool("x").when(expression("?")))
                        .task("b", t -> t.tool("x").dependsOn("a", START_TO_START)))
                .decides("a", false)
                .then("condition of a does not hold", "skipped a WHEN_FALSE", "queued b");
    }

    @Test
    void a_completion_waits_for_the_end_of_another_without_a_slot() {
        Scenario scenario = two(FINISH_TO_FINISH, 0)
                .starts("a", "b")
                .succeeds("b")
                .then("held b")
                .thenIs(TaskStatus.RUNNING, "b");
        assertThat(scenario.state().runningTasks()).isEqualTo(1);
        scenario.succeeds("a").then("completed a", "completed b", "COMPLETED");
        assertThat(scenario.state().taskResult(scenario.task("b"))).contains(Scenario.json("\"b\""));
    }

    @Test
    void a_completion_that_nothing_holds_any_more_is_not_held() {
        two(FINISH_TO_FINISH, 0).starts("a", "b").succeeds("a").succeeds("b").then("completed b", "COMPLETED");
    }

    @Test
    void a_completion_waits_for_the_start_of_another() {
        given(p -> p.maxParallel(1)
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").dependsOn("a", START_TO_FINISH)))
                .starts("b")
                .succeeds("b")
                .then("held b")
                .starts("a")
                .then("started a #1", "completed b");
    }

    @Test
    void a_lag_holds_a_completion_too_and_survives_a_restart() {
        two(FINISH_TO_FINISH, 50)
                .starts("a", "b")
                .succeeds("a")
                .after(ofMillis(10))
                .succeeds("b")
                .then("held b", "delayed b by 40 ms LAG")
                .after(ofMillis(20))
                .recovers()
                .then("recovered, lost 0")
                .delayDue("b")
                .thenNothing()
                .after(ofMillis(20))
                .delayDue("b")
                .then("completed b", "COMPLETED");
    }

    @Test
    void a_lag_counts_from_what_it_follows_and_survives_a_restart() {
        two(FINISH_TO_START, 100)
                .runs("a")
                .after(ofMillis(60))
                .recovers()
                .after(ofMillis(40))
                .delayDue("b")
                .then("queued b");
    }

    @Test
    void who_holds_its_completion_for_a_failed_task_is_skipped_with_its_result() {
        Scenario scenario = given(p -> p.step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").dependsOn("a", FINISH_TO_FINISH))
                                .task("c", t -> t.tool("x").after("b"))))
                .starts("a", "b")
                .succeeds("b")
                .fails("a")
                .then(
                        "attempt failed a #1 IO",
                        "failed a IO",
                        "skipped b UPSTREAM_FAILED because of a",
                        "skipped c UPSTREAM_FAILED because of a",
                        "FAILED TASKS_FAILED at a");
        assertThat(scenario.state().taskResult(scenario.task("b"))).contains(Scenario.json("\"b\""));
    }

    @Test
    void who_runs_when_the_awaited_task_fails_is_skipped_when_it_is_done() {
        given(p -> p.step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").dependsOn("a", FINISH_TO_FINISH))))
                .starts("a", "b")
                .fails("a")
                .then("attempt failed a #1 IO", "failed a IO")
                .succeeds("b")
                .then("held b", "skipped b UPSTREAM_FAILED because of a", "FAILED TASKS_FAILED at a");
    }

    @Test
    void a_condition_is_decided_before_the_start_whatever_the_type() {
        given(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").dependsOn("a", FINISH_TO_FINISH, ZERO, expression("?"))))
                .thenToEvaluate("b")
                .decides("b", false)
                .then("condition of b does not hold", "skipped b WHEN_FALSE");
        given(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").dependsOn("a", FINISH_TO_START, ofMillis(5), expression("?"))))
                .runs("a")
                .thenToEvaluate("b")
                .decides("b", true)
                .then("condition of b holds", "delayed b by 5 ms LAG");
    }

    @Test
    void a_step_waits_for_the_first_start_in_another() {
        given(p -> p.step("one", s -> s.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")))
                        .step(
                                "two",
                                s -> s.dependsOn("one", START_TO_START, ofMillis(10))
                                        .task("c", t -> t.tool("x"))
                                        .task("d", t -> t.tool("x").after("c"))))
                .starts("b")
                .then("started b #1", "delayed c by 10 ms LAG")
                .starts("a")
                .then("started a #1");
    }

    @Test
    void the_lag_of_a_step_holds_those_too_that_follow_a_task_that_is_skipped() {
        given(p -> p.step("one", s -> s.task("a", t -> t.tool("x")))
                        .step(
                                "two",
                                s -> s.mode(StepMode.SEQUENTIAL)
                                        .dependsOn("one", FINISH_TO_START, ofMillis(10))
                                        .task("b", t -> t.tool("x").when(expression("?")))
                                        .task("c", t -> t.tool("x"))))
                .runs("a")
                .decides("b", false)
                .then("condition of b does not hold", "skipped b WHEN_FALSE", "delayed c by 10 ms LAG");
    }

    @Test
    void the_end_of_a_step_waits_for_another_and_what_waits_for_the_step_waits_on() {
        given(p -> p.step("one", s -> s.task("a", t -> t.tool("x")))
                        .step(
                                "two",
                                s -> s.dependsOn("one", FINISH_TO_FINISH, ofMillis(10))
                                        .task("b", t -> t.tool("x")))
                        .step("three", s -> s.after("two").task("c", t -> t.tool("x"))))
                .runs("b")
                .then("completed b")
                .runs("a")
                .then("completed a", "delayed two/$end by 10 ms LAG")
                .after(ofMillis(10))
                .recovers()
                .delayDue("two/$end")
                .then("delay ended two/$end", "queued c");
    }

    @Test
    void a_condition_of_a_step_holds_for_all_its_tasks() {
        Scenario scenario = given(p -> p.step("one", s -> s.task("a", t -> t.tool("x")))
                .step(
                        "two",
                        s -> s.dependsOn("one", FINISH_TO_START, ZERO, expression("?"))
                                .task("b", t -> t.tool("x"))
                                .task("c", t -> t.tool("x").after("b"))));
        scenario.runs("a")
                .thenToEvaluate("two/$start")
                .decides("two/$start", false)
                .then(
                        "condition of two/$start does not hold",
                        "skipped two/$start WHEN_FALSE",
                        "skipped b WHEN_FALSE",
                        "skipped c WHEN_FALSE",
                        "COMPLETED");
    }

    @Test
    void the_first_start_counts_even_if_the_step_runs_again() {
        given(p -> p.step(
                                "one",
                                s -> s.onError(OnError.RETRY)
                                        .maxRetries(1)
                                        .task("a", t -> t.tool("x"))
                                        .task("b", t -> t.tool("x").dependsOn("a", START_TO_START)))
                        .step("two", s -> s.task("c", t -> t.tool("x").dependsOn("a", START_TO_START))))
                .starts("a")
                .then("started a #1", "queued b c")
                .fails("a")
                .then(
                        "attempt failed a #1 IO",
                        "step one will run again because of a",
                        "step one runs again",
                        "queued a")
                .starts("a")
                .then("started a #2", "queued b")
                .succeeds("a")
                .runs("b", "c")
                .then("completed c", "COMPLETED");
    }

    @Test
    void a_held_completion_is_taken_back_with_its_step() {
        given(p -> p.step(
                        "one",
                        s -> s.onError(OnError.RETRY)
                                .maxRetries(1)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").dependsOn("a", FINISH_TO_FINISH))))
                .starts("a", "b")
                .succeeds("b")
                .then("held b")
                .fails("a")
                .thenAmongOthers("step one runs again")
                .thenIs(TaskStatus.QUEUED, "a", "b")
                .runs("a", "b")
                .then("completed b", "COMPLETED");
    }

    @Test
    void outside_of_a_step_that_may_run_again_a_completion_waits_for_its_end() {
        given(p -> p.step(
                                "one",
                                s -> s.onError(OnError.RETRY)
                                        .maxRetries(1)
                                        .task("a", t -> t.tool("x"))
                                        .task("b", t -> t.tool("x")))
                        .step("two", s -> s.task("c", t -> t.tool("x").dependsOn("a", FINISH_TO_FINISH))))
                .runs("c")
                .then("held c")
                .runs("a")
                .then("completed a")
                .starts("b")
                .fails("b")
                .runs("a", "b")
                .then("completed b", "completed c", "COMPLETED");
    }

    @Test
    void the_expansion_of_a_for_each_is_its_start() {
        given(p -> p.task("a", t -> t.tool("x").forEach(List.of(1, 2)))
                        .task("b", t -> t.tool("x").dependsOn("a", START_TO_START))
                        .task("c", t -> t.tool("x").forEach(List.of(1)).dependsOn("a", FINISH_TO_FINISH)))
                .expands("a", 2)
                .then("expanded a into 2", "queued b a[0] a[1]")
                .expands("c", 1)
                .runs("c[0]")
                .then("completed c[0]", "held c")
                .runs("a[0]", "a[1]")
                .then("completed a[1]", "completed a", "completed c");
    }

    @Test
    void a_for_each_is_expanded_after_its_lag() {
        given(p -> p.task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").forEach(List.of(1)).dependsOn("a", FINISH_TO_START, ofMillis(5))))
                .runs("a")
                .then("completed a", "delayed b by 5 ms LAG")
                .after(ofMillis(5))
                .delayDue("b")
                .then("delay ended b")
                .thenToEvaluate("b")
                .expands("b", 1)
                .then("expanded b into 1", "queued b[0]");
    }

    @Test
    void tasks_of_an_item_depend_on_each_other_by_every_type() {
        given(p -> p.step(
                        "each",
                        s -> s.forEach(List.of(1, 2))
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").dependsOn("a", START_TO_START, ofMillis(5)))
                                .task("c", t -> t.tool("x").dependsOn("b", FINISH_TO_FINISH))))
                .expands("each", 2)
                .then("expanded each into 2", "queued each[0]/a each[0]/c each[1]/a each[1]/c")
                .starts("each[1]/a")
                .then("started each[1]/a #1", "delayed each[1]/b by 5 ms LAG")
                .runs("each[1]/c")
                .then("held each[1]/c")
                .succeeds("each[1]/a")
                .after(ofMillis(5))
                .delayDue("each[1]/b")
                .runs("each[1]/b")
                .then("completed each[1]/b", "completed each[1]/c");
    }

    @Test
    void a_sub_plan_starts_at_its_gate_and_completes_at_its_end() {
        given(p -> p.task(
                                "sub",
                                t -> t.plan(dev.ropewalk.plan.ExecutionPlan.named("sub")
                                                .task("inner", i -> i.tool("x"))
                                                .workflow())
                                        .dependsOn("b", FINISH_TO_FINISH))
                        .task("a", t -> t.tool("x").dependsOn("sub", START_TO_START))
                        .task("b", t -> t.tool("x")))
                .then("execution started", "queued sub/$start b")
                .starts("sub/$start")
                .then("started sub/$start #1", "queued a")
                .succeeds("sub/$start")
                .runs("sub/inner", "sub")
                .then("held sub")
                .runs("b")
                .then("completed b", "completed sub");
    }

    @Test
    void what_is_held_is_cancelled_with_the_execution() {
        two(FINISH_TO_FINISH, 0)
                .starts("b")
                .succeeds("b")
                .isCancelled("enough")
                .then("stopping: cancel", "cancelled a b", "CANCELLED enough");
        two(FINISH_TO_START, 10)
                .runs("a")
                .isCancelled("enough")
                .then("stopping: cancel", "cancelled b", "CANCELLED enough");
    }
}
