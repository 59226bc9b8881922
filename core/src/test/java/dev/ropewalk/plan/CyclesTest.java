package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.Workflows.StepMaker;
import dev.ropewalk.plan.Workflows.TaskMaker;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CyclesTest {

    @Test
    void a_circle_is_shown_as_a_path_at_the_first_of_its_tasks() {
        assertThat(texts(step("main", task("x"), task("a", "c"), task("b", "a"), task("c", "b", "x"))))
                .containsExactly("steps[0].tasks[1]: a circle: a -> b -> c -> a; remove one of these dependencies");
    }

    @Test
    void starts_and_ends_are_told_apart() {
        assertThat(Workflows.problems(step(
                        "main",
                        task("a").on("b", DependencyType.FINISH_TO_FINISH),
                        task("b").on("a", DependencyType.START_TO_START))))
                .isEmpty();
        assertThat(Workflows.problems(step(
                        "main",
                        task("a").on("b", DependencyType.START_TO_FINISH),
                        task("b").on("c", DependencyType.START_TO_START),
                        task("c"))))
                .isEmpty();
    }

    @Test
    void a_circle_of_several_types_names_them() {
        assertThat(texts(step(
                        "main",
                        task("a").on("b", DependencyType.START_TO_START),
                        task("b").on("a", DependencyType.START_TO_START))))
                .containsExactly("steps[0].tasks[0]: a circle: a -START_TO_START-> b -START_TO_START-> a; remove one of"
                        + " these dependencies");
        assertThat(texts(step(
                        "main",
                        task("a").on("c", DependencyType.FINISH_TO_FINISH),
                        task("b").on("a", DependencyType.START_TO_FINISH),
                        task("c").on("b", DependencyType.FINISH_TO_START),
                        task("d").on("a", DependencyType.FINISH_TO_START),
                        task("e").on("d", DependencyType.FINISH_TO_FINISH),
                        task("f", "e").on("f2", DependencyType.FINISH_TO_FINISH),
                        task("f2", "f"))))
                .containsExactly("steps[0].tasks[5]: a circle: f -> f2 -FINISH_TO_FINISH-> f; remove one of these"
                        + " dependencies");
    }

    @Test
    void each_circle_is_reported_once() {
        assertThat(texts(
                        step("one", task("a", "b"), task("b", "a"), task("c", "b")),
                        step("two", task("d", "e"), task("e", "d"))))
                .containsExactly(
                        "steps[0].tasks[0]: a circle: a -> b -> a; remove one of these dependencies",
                        "steps[1].tasks[0]: a circle: d -> e -> d; remove one of these dependencies");
    }

    @Test
    void expressions_close_circles_too() {
        assertThat(texts(step("main", task("a").uses("tasks.b.result"), task("b", "a"))))
                .containsExactly("steps[0].tasks[0]: a circle: a -> b -> a; remove one of these dependencies");
    }

    @Test
    void a_task_cannot_depend_on_itself() {
        assertThat(texts(step("main", task("a", "a"), task("b").uses("tasks.b.result"))))
                .containsExactly(
                        "steps[0].tasks[0].after[0]: \"a\" -> \"a\": a task cannot depend on itself; remove it",
                        "steps[0].tasks[1].with.value: \"b\" -> \"b\": a task cannot depend on itself; remove it");
    }

    @Test
    void a_sequential_step_against_its_order_is_a_circle() {
        assertThat(texts(step("main", task("a", "b"), task("b")).mode(StepMode.SEQUENTIAL)))
                .containsExactly("steps[0].tasks[0]: a circle: a -> b -> a; remove one of these dependencies");
    }

    @Test
    void steps_that_wait_for_each_other_are_a_circle() {
        assertThat(texts(
                        step("one", task("a")).after("two"),
                        step("two", task("b")).after("one")))
                .containsExactly("steps[0].tasks[0]: a circle: a -> one -> b -> two -> a; whatever comes after the step"
                        + " \"one\" waits for all its tasks");
    }

    @Test
    void a_step_cannot_come_after_itself_nor_a_task_after_its_step() {
        assertThat(texts(step("one", task("a", "one")).after("one")))
                .containsExactly(
                        "steps[0].tasks[0].after[0]: \"a\" is a task of the step \"one\", so it cannot wait for its end;"
                                + " remove it, or name tasks of the step",
                        "steps[0].after[0]: \"one\" -> \"one\": a step cannot come after itself; remove it");
    }

    @Test
    void to_go_through_the_outside_of_a_step_that_may_run_again_is_a_circle() {
        assertThat(texts(step("one", task("a"), task("b", "x")).onError(OnError.RETRY), step("two", task("x", "a"))))
                .containsExactly("steps[0].tasks[1]: a circle: b -> one -> x -> b; the step \"one\" may run again as a"
                        + " whole, so whatever uses one of its tasks waits for its end");
    }

    @Test
    void a_fallback_cannot_wait_for_what_waits_for_it() {
        assertThat(texts(step("main", task("a").fallback("f"), task("b", "a"), task("f", "b"))))
                .containsExactly("steps[0].tasks[0]: a circle: a -> b -> f -> a; what needs \"a\" also waits for its"
                        + " fallback \"f\", so the fallback cannot wait for it");
    }

    @Test
    void fallbacks_of_each_other_are_a_circle() {
        assertThat(texts(step("main", task("a").fallback("b"), task("b").fallback("a"))))
                .anySatisfy(text -> assertThat(text).contains("a circle: a -> b -> a"));
    }

    @Test
    void a_circle_through_a_sub_plan_names_the_sub_plan_alone() {
        Workflow sub = workflow(step("in", task("x"), task("y", "x")));
        assertThat(texts(step("main", task("a", "sub"), task("sub", "a").runs(sub))))
                .containsExactly("steps[0].tasks[0]: a circle: a -> sub -> a; remove one of these dependencies");
    }

    @Test
    void a_circle_inside_a_sub_plan_is_told_with_its_place() {
        Workflow sub = workflow(step("in", task("x", "y"), task("y", "x")));
        assertThat(texts(step("main", task("sub").runs(sub))))
                .containsExactly(
                        "steps[0].tasks[0].plan.steps[0].tasks[0]: a circle: sub/x -> sub/y -> sub/x; remove one"
                                + " of these dependencies");
    }

    @Test
    void the_list_of_a_step_cannot_come_from_the_step() {
        assertThat(texts(
                        step("one", task("a")).forEach(expression("tasks.a.result")),
                        step("two", task("b")).forEach(expression("tasks.two.result"))))
                .containsExactly(
                        "steps[0].forEach: the list of the step \"one\" cannot come from the step itself; compute the list"
                                + " in an earlier step",
                        "steps[1].forEach: the list of the step \"two\" cannot come from the step itself; compute the list"
                                + " in an earlier step");
    }

    @Test
    void a_task_of_a_step_with_forEach_cannot_use_the_list_of_its_own_step() {
        assertThat(texts(step("one", task("a").uses("tasks.one.result")).forEach(expression("vars.list"))))
                .containsExactly(
                        "steps[0].tasks[0].with.value: \"a\" is a task of the step \"one\", so it cannot use its"
                                + " result; use tasks of the step, or move the task to another one");
    }

    @Test
    void a_long_circle_is_cut_short() {
        TaskMaker[] tasks = new TaskMaker[100_000];
        tasks[0] = task("t0", "t99999");
        for (int i = 1; i < tasks.length; i++) {
            tasks[i] = task("t" + i, "t" + (i - 1));
        }

        assertThat(texts(step("main", tasks)))
                .singleElement()
                .asString()
                .startsWith("steps[0].tasks[0]: a circle: t0 -> t1 -> ")
                .contains("-> … 99,982 more … -> t0;")
                .hasSizeLessThan(400);
    }

    @Test
    void a_circle_of_invalid_ids_is_shown_without_their_tricks() {
        String evil = "a\u001B[2J" + "x".repeat(10_000_000);

        assertThat(compile(workflow(step("main", task(evil, "b"), task("b", evil))))
                        .problems())
                .extracting(Problem::text)
                .allSatisfy(text -> assertThat(text).hasSizeLessThan(400).doesNotContain("\u001B"))
                .anySatisfy(text -> assertThat(text).contains("a circle: a\\u{1B}[2Jxxx"));
    }

    @Test
    void of_many_circles_a_hundred_are_listed() {
        TaskMaker[] tasks = new TaskMaker[1_000];
        for (int i = 0; i < tasks.length; i += 2) {
            tasks[i] = task("t" + i, "t" + (i + 1));
            tasks[i + 1] = task("t" + (i + 1), "t" + i);
        }

        Compilation.Rejected rejected = (Compilation.Rejected) compile(workflow(step("main", tasks)));
        assertThat(rejected.problems()).hasSize(100);
        assertThat(rejected.omitted()).isEqualTo(400);
    }

    private static List<String> texts(StepMaker... steps) {
        List<Problem> problems = compile(workflow(steps)).problems();
        assertThat(problems).extracting(Problem::code).containsOnly("CYCLE");
        return problems.stream().map(Problem::text).toList();
    }
}
