package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.PlannedTask.OnFailure;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflows.StepMaker;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FallbackTest {

    @Test
    void a_fallback_hangs_on_the_failure_of_its_task() {
        ExecutionPlan plan = plan(step("main", task("a").fallback("b"), task("b"), task("c", "a")));

        assertThat(edges(plan)).containsExactly("a -FALLBACK-> b", "a -SUCCESS-> c");
        assertThat(plan.task(0).onFailure()).isEqualTo(OnFailure.FALLBACK);
        assertThat(plan.task(0).fallback()).isEqualTo(1);
        assertThat(plan.task(1).fallback()).isEqualTo(-1);
    }

    @Test
    void skip_and_fail_need_no_edge() {
        ExecutionPlan plan = plan(step(
                "main", task("a").onFailure(new FailurePolicy.Skip()), task("b").onFailure(new FailurePolicy.Fail())));

        assertThat(plan.tasks()).extracting(PlannedTask::onFailure).containsExactly(OnFailure.SKIP, OnFailure.FAIL);
        assertThat(plan.edgeCount()).isZero();
    }

    @Test
    void a_fallback_may_look_at_its_task() {
        assertThat(edges(plan(step("main", task("a").fallback("b"), task("b").uses("tasks.a.status")))))
                .containsExactly("a -FALLBACK-> b");
    }

    @Test
    void a_fallback_may_have_a_fallback() {
        assertThat(edges(plan(step("main", task("a").fallback("b"), task("b").fallback("c"), task("c")))))
                .containsExactly("a -FALLBACK-> b", "b -FALLBACK-> c");
    }

    @Test
    void a_fallback_takes_no_place_in_the_order_of_its_step() {
        for (StepMode mode : List.of(StepMode.SEQUENTIAL, StepMode.CONDITIONAL)) {
            EdgeKind kind = mode == StepMode.SEQUENTIAL ? EdgeKind.SUCCESS : EdgeKind.CHOICE;
            assertThat(edges(plan(step("main", task("a").when("x").fallback("f"), task("b"), task("f"))
                            .mode(mode))))
                    .containsExactlyInAnyOrder("a -" + kind + "-> b", "a -FALLBACK-> f");
            assertThat(edges(plan(step("main", task("a").when("x").fallback("f"), task("f"), task("b"))
                            .mode(mode))))
                    .containsExactlyInAnyOrder("a -" + kind + "-> b", "a -FALLBACK-> f");
        }
    }

    @Test
    void a_parallel_step_may_have_a_fallback() {
        assertThat(edges(plan(step("main", task("a").fallback("f"), task("f")).mode(StepMode.PARALLEL))))
                .containsExactly("a -FALLBACK-> f");
    }

    @Test
    void a_fallback_does_not_wait_for_a_step_by_itself() {
        assertThat(edges(plan(
                        step("one", task("a")),
                        step("two", task("b").fallback("f"), task("f")).after("one"))))
                .containsExactly("a -ORDER-> one/$end", "b -FALLBACK-> f", "one/$end -ORDER-> b");
    }

    @Test
    void the_fallback_of_a_forEach_stands_in_for_all_items() {
        ExecutionPlan plan =
                plan(step("main", task("a").forEach(expression("list")).fallback("f"), task("f")));

        assertThat(edges(plan)).containsExactly("a -FALLBACK-> f");
        assertThat(plan.tasks())
                .extracting(PlannedTask::onFailure)
                .containsExactly(OnFailure.FALLBACK, OnFailure.FAIL, OnFailure.FAIL);
    }

    @Test
    void what_cannot_be_a_fallback_is_refused_with_the_reason() {
        Workflow sub = workflow(step("in", task("x")));

        assertThat(texts(step("main", task("a").fallback("aa")), step("other", task("ab"))))
                .containsExactly("steps[0].tasks[0].onFailure: \"aa\" is not a task of this plan; did you mean \"a\"?");
        assertThat(texts(step("main", task("a").fallback("a"))))
                .containsExactly("steps[0].tasks[0].onFailure: \"a\" cannot stand in for itself; name another task");
        assertThat(texts(step("main", task("a").fallback("b")), step("other", task("b"))))
                .containsExactly(
                        "steps[0].tasks[0].onFailure: \"b\" is a task of the step \"other\", and a fallback is in"
                                + " the same step; move it to the step \"main\"");
        assertThat(texts(step("main", task("a").fallback("s"), task("s").runs(sub))))
                .containsExactly(
                        "steps[0].tasks[0].onFailure: \"s\" runs a plan, and a fallback calls a tool; name a task"
                                + " that calls a tool");
        assertThat(texts(step("main", task("a").fallback("f"), task("b").fallback("f"), task("f"))))
                .containsExactly("steps[0].tasks[1].onFailure: \"f\" is already the fallback of \"a\"; give each task a"
                        + " fallback of its own");
        assertThat(texts(step("main", task("a").fallback("f"), task("f", "a"))))
                .containsExactly(
                        "steps[0].tasks[1].after[0]: \"f\" is the fallback of \"a\", so it cannot run after its"
                                + " success; remove it: a fallback waits for its task by itself");
        assertThat(texts(step("main", task("a").fallback("f"), task("f")).forEach(expression("list"))))
                .containsExactly(
                        "steps[0].tasks[0].onFailure: a task in a step with forEach cannot have a fallback; give"
                                + " the task its own forEach and fallback: it then stands in for all items together");
    }

    private static List<String> texts(StepMaker... steps) {
        return compile(workflow(steps)).problems().stream().map(Problem::text).toList();
    }
}
