package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.map;
import static dev.ropewalk.plan.Workflows.paths;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DependenciesTest {

    @Test
    void tasks_take_their_indexes_in_the_order_written() {
        ExecutionPlan plan = plan(step("one", task("a"), task("b")), step("two", task("c")));

        assertThat(paths(plan)).isEqualTo("a b c");
        assertThat(plan.steps()).extracting(PlannedStep::path).containsExactly("one", "two");
        assertThat(plan.steps()).extracting(PlannedStep::tasks).containsExactly(List.of(0, 1), List.of(2));
        assertThat(plan.steps()).extracting(PlannedStep::barrier).containsExactly(-1, -1);
        assertThat(plan.edgeCount()).isZero();
    }

    @Test
    void after_makes_an_edge_that_asks_for_success() {
        ExecutionPlan plan = plan(step("one", task("a"), task("b", "a")), step("two", task("c", "b", "a")));

        assertThat(edges(plan)).containsExactly("a -SUCCESS-> b", "a -SUCCESS-> c", "b -SUCCESS-> c");
        assertThat(plan.predecessorCount(2)).isEqualTo(2);
    }

    @Test
    void to_use_a_result_is_to_depend_on_it_once() {
        ExecutionPlan plan = plan(step(
                "main",
                task("a"),
                task("b", "a", "a").uses("tasks.a.result tasks.a.status"),
                task("c").with(map("deep", map("er", new Template.ResultOf("a")))),
                task("d").when("tasks.b.status")));

        assertThat(edges(plan)).containsExactly("a -SUCCESS-> b", "a -SUCCESS-> c", "b -SUCCESS-> d");
    }

    @Test
    void a_sequential_step_runs_in_the_order_written() {
        ExecutionPlan plan =
                plan(step("main", task("a"), task("b", "a"), task("c")).mode(StepMode.SEQUENTIAL));

        assertThat(edges(plan)).containsExactly("a -SUCCESS-> b", "b -SUCCESS-> c");
    }

    @Test
    void a_parallel_step_refuses_dependencies_among_its_tasks_however_they_are_written() {
        assertThat(problems(step("main", task("a"), task("b", "a"), task("c").uses("tasks.a.result"))
                        .mode(StepMode.PARALLEL)))
                .containsExactly(
                        "PARALLEL_DEPENDENCY steps[0].tasks[1].after[0]",
                        "PARALLEL_DEPENDENCY steps[0].tasks[2].with.value");
    }

    @Test
    void a_parallel_step_may_depend_on_others() {
        assertThat(edges(
                        plan(step("one", task("a")), step("two", task("b", "a")).mode(StepMode.PARALLEL))))
                .containsExactly("a -SUCCESS-> b");
    }

    @Test
    void a_conditional_step_links_its_tasks_by_choice() {
        ExecutionPlan plan = plan(step("main", task("a").when("x"), task("b").when("tasks.a.status"), task("c"))
                .mode(StepMode.CONDITIONAL));

        assertThat(edges(plan)).containsExactly("a -CHOICE-> b", "a -SUCCESS-> b", "b -CHOICE-> c");
    }

    @Test
    void what_follows_a_task_without_when_in_a_conditional_step_is_unreachable() {
        Problem problem = compile(workflow(step("main", task("a").when("x"), task("b"), task("c"), task("d"))
                        .mode(StepMode.CONDITIONAL)))
                .problems()
                .getFirst();

        assertThat(problem.code()).isEqualTo("UNREACHABLE");
        assertThat(problem.text())
                .isEqualTo(
                        "steps[0].tasks[1]: \"b\" has no when, so what follows it in this conditional step never runs:"
                                + " \"c\", \"d\"; give it a when, or make it the last task of the step");
    }

    @Test
    void a_step_after_another_waits_at_its_barrier_with_the_tasks_that_follow_no_other() {
        ExecutionPlan plan = plan(
                step("one", task("a"), task("b", "a")),
                step("two", task("c"), task("d", "c"), task("e")).after("one"));

        assertThat(paths(plan)).isEqualTo("a b c d e one/$end");
        assertThat(edges(plan))
                .containsExactly(
                        "a -ORDER-> one/$end",
                        "a -SUCCESS-> b",
                        "b -ORDER-> one/$end",
                        "c -SUCCESS-> d",
                        "one/$end -ORDER-> c",
                        "one/$end -ORDER-> e");
        PlannedTask barrier = plan.task(plan.step(0).barrier());
        assertThat(barrier.kind()).isEqualTo(PlannedTask.Kind.BARRIER);
        assertThat(barrier.counted()).isFalse();
        assertThat(plan.step(0).tasks()).doesNotContain(barrier.index());
    }

    @Test
    void after_a_conditional_or_sequential_step_only_the_first_task_waits() {
        for (StepMode mode : List.of(StepMode.SEQUENTIAL, StepMode.CONDITIONAL)) {
            ExecutionPlan plan = plan(
                    step("one", task("a")),
                    step("two", task("b").when("x"), task("c")).mode(mode).after("one"));

            assertThat(edges(plan)).contains("one/$end -ORDER-> b").doesNotContain("one/$end -ORDER-> c");
        }
    }

    @Test
    void steps_of_a_thousand_tasks_are_linked_by_a_barrier_not_by_a_million_edges() {
        Workflows.TaskMaker[] first = new Workflows.TaskMaker[1_000];
        Workflows.TaskMaker[] second = new Workflows.TaskMaker[1_000];
        for (int i = 0; i < 1_000; i++) {
            first[i] = task("a" + i);
            second[i] = task("b" + i);
        }

        assertThat(plan(step("one", first), step("two", second).after("one")).edgeCount())
                .isEqualTo(2_000);
    }

    @Test
    void a_task_may_come_after_a_step() {
        assertThat(edges(plan(step("one", task("a"), task("b")), step("two", task("c", "one"), task("d")))))
                .containsExactly("a -ORDER-> one/$end", "b -ORDER-> one/$end", "one/$end -ORDER-> c");
    }

    @Test
    void unknown_tasks_and_steps_are_reported_where_they_are_named_with_what_was_meant() {
        List<Problem> problems = compile(workflow(
                        Optional.of(new Template.ResultOf("fetchs")),
                        step("collect", task("fetch"), task("b", "fetsh").uses("tasks.ftech.result")),
                        step("store", task("c", "nothing")).after("colect"),
                        step("last", task("d")).after("fetch")))
                .problems();

        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly(
                        "steps[0].tasks[1].after[0]: \"fetsh\" is not a task of this plan; did you mean \"fetch\"?",
                        "steps[0].tasks[1].with.value: \"ftech\" is not a task of this plan; did you mean \"fetch\"?",
                        "steps[1].tasks[0].after[0]: \"nothing\" is not a task of this plan; the tasks are \"fetch\", \"b\","
                                + " \"c\", \"d\"",
                        "steps[1].after[0]: \"colect\" is not a step of this plan; did you mean \"collect\"?",
                        "steps[2].after[0]: \"fetch\" is a task, and a step comes after other steps; name the task's step,"
                                + " or put the after at tasks of this step",
                        "result: \"fetchs\" is not a task of this plan; did you mean \"fetch\"?");
        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly(
                        "UNKNOWN_TASK", "UNKNOWN_TASK", "UNKNOWN_TASK", "UNKNOWN_STEP", "UNKNOWN_STEP", "UNKNOWN_TASK");
    }

    @Test
    void a_step_without_forEach_has_no_result() {
        assertThat(compile(workflow(
                                step("one", task("a")), step("two", task("b").uses("tasks.one.result"))))
                        .problems())
                .extracting(Problem::text)
                .containsExactly("steps[1].tasks[0].with.value: \"one\" is a step, and only a step with forEach has a"
                        + " result; name one of its tasks");
    }

    @Test
    void what_uses_a_task_of_a_step_that_may_run_again_waits_until_the_step_is_through() {
        ExecutionPlan plan = plan(
                step("one", task("a"), task("b", "a")).onError(OnError.RETRY).maxRetries(2),
                step("two", task("c", "a"), task("d").uses("tasks.b.result"), task("e", "d")));

        assertThat(edges(plan))
                .containsExactly(
                        "a -ORDER-> one/$end",
                        "a -SUCCESS-> b",
                        "a -SUCCESS-> c",
                        "b -ORDER-> one/$end",
                        "b -SUCCESS-> d",
                        "d -SUCCESS-> e",
                        "one/$end -ORDER-> c",
                        "one/$end -ORDER-> d");
    }

    @Test
    void a_step_that_may_run_again_has_no_barrier_if_nothing_waits_for_it() {
        assertThat(plan(step("one", task("a")).onError(OnError.RETRY)).step(0).barrier())
                .isEqualTo(-1);
    }
}
