package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.map;
import static dev.ropewalk.plan.Workflows.paths;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.PlannedTask.Kind;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflows.StepMaker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ForEachTest {

    private static final Template LIST = expression("list");

    @Test
    void a_task_with_forEach_becomes_the_forEach_and_the_pattern_of_its_items() {
        ExecutionPlan plan = plan(step(
                "main",
                task("a")
                        .forEach(LIST)
                        .maxItems(7)
                        .when("x")
                        .retry(RetryPolicy.of(2))
                        .timeout(Duration.ofSeconds(1))
                        .estimate(Duration.ofSeconds(2))
                        .onFailure(new FailurePolicy.Skip())
                        .priority(Priority.HIGH)
                        .onLost(OnLost.UNKNOWN)));

        assertThat(paths(plan)).isEqualTo("a a[*]");
        PlannedTask owner = plan.task(0);
        assertThat(owner.kind()).isEqualTo(Kind.FOR_EACH);
        assertThat(owner.items()).contains(LIST);
        assertThat(owner.maxItems()).isEqualTo(7);
        assertThat(owner.when()).isPresent();
        assertThat(owner.onFailure()).isEqualTo(PlannedTask.OnFailure.SKIP);
        assertThat(owner.tool()).isEmpty();
        assertThat(owner.retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(owner.timeoutMicros()).isZero();
        assertThat(owner.template()).isFalse();
        assertThat(owner.counted()).isTrue();
        PlannedTask pattern = plan.task(1);
        assertThat(pattern.kind()).isEqualTo(Kind.CALL);
        assertThat(pattern.template()).isTrue();
        assertThat(pattern.group()).isZero();
        assertThat(pattern.tool()).isEqualTo("noop");
        assertThat(pattern.retry()).isEqualTo(RetryPolicy.of(2));
        assertThat(pattern.timeoutMicros()).isEqualTo(1_000_000);
        assertThat(pattern.estimatedMicros()).isEqualTo(2_000_000);
        assertThat(pattern.onFailure()).isEqualTo(PlannedTask.OnFailure.FAIL);
        assertThat(pattern.onLost()).isEqualTo(OnLost.UNKNOWN);
        assertThat(pattern.when()).isEmpty();
        assertThat(pattern.counted()).isFalse();
        assertThat(List.of(owner.priority(), pattern.priority())).containsOnly(Priority.HIGH);
        assertThat(plan.step(0).tasks()).containsExactly(0, 1);
    }

    @Test
    void all_edges_of_a_task_with_forEach_are_those_of_the_forEach() {
        ExecutionPlan plan = plan(step(
                "main",
                task("a"),
                task("b"),
                task("c").forEach(expression("tasks.a.result")).uses("item tasks.b.result"),
                task("d").uses("tasks.c.result")));

        assertThat(edges(plan)).containsExactly("a -SUCCESS-> c", "b -SUCCESS-> c", "c -SUCCESS-> d");
    }

    @Test
    void a_step_with_forEach_becomes_one_forEach_and_all_its_tasks_become_patterns() {
        ExecutionPlan plan = plan(
                step("before", task("a"), task("b")),
                step(
                                "each",
                                task("c").uses("item tasks.b.result"),
                                task("d", "c").when("item"),
                                task("e", "a", "before"))
                        .forEach(expression("tasks.a.result"))
                        .maxItems(9),
                step("behind", task("f", "d"), task("g", "each"), task("h").uses("tasks.each.result tasks.c.result")));

        assertThat(paths(plan)).isEqualTo("a b each each[*]/c each[*]/d each[*]/e f g h before/$end each/$end");
        assertThat(edges(plan))
                .containsExactly(
                        "a -ORDER-> before/$end",
                        "a -SUCCESS-> each",
                        "b -ORDER-> before/$end",
                        "b -SUCCESS-> each",
                        "before/$end -ORDER-> each",
                        "each -ORDER-> each/$end",
                        "each -SUCCESS-> f",
                        "each -SUCCESS-> h",
                        "each/$end -ORDER-> g",
                        "each[*]/c -SUCCESS-> each[*]/d");
        PlannedTask owner = plan.task(2);
        assertThat(owner.kind()).isEqualTo(Kind.FOR_EACH);
        assertThat(owner.maxItems()).isEqualTo(9);
        assertThat(plan.task(4).when()).isPresent();
        assertThat(plan.tasks().subList(3, 6)).allMatch(task -> task.template() && task.group() == 2);
        assertThat(plan.step(1).tasks()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void the_mode_of_a_step_with_forEach_holds_for_each_item() {
        assertThat(edges(plan(step("each", task("a"), task("b")).forEach(LIST).mode(StepMode.SEQUENTIAL))))
                .containsExactly("each[*]/a -SUCCESS-> each[*]/b");
        assertThat(edges(plan(step("each", task("a").when("item"), task("b"))
                        .forEach(LIST)
                        .mode(StepMode.CONDITIONAL))))
                .containsExactly("each[*]/a -CHOICE-> each[*]/b");
    }

    @Test
    void a_step_with_forEach_waits_for_other_steps_as_one() {
        assertThat(edges(plan(
                        step("one", task("a")),
                        step("each", task("b"), task("c")).forEach(LIST).after("one"))))
                .containsExactly("a -ORDER-> one/$end", "one/$end -ORDER-> each");
    }

    @Test
    void two_steps_with_forEach_are_linked_by_their_forEach() {
        assertThat(edges(plan(
                        step("one", task("a")).forEach(LIST),
                        step("two", task("b", "a")).forEach(LIST))))
                .containsExactly("one -SUCCESS-> two");
    }

    @Test
    void the_limit_is_the_longest_list_unless_stated() {
        assertThat(plan(step("main", task("a").forEach(LIST))).task(0).maxItems())
                .isEqualTo(100_000);
        assertThat(plan(step("main", task("a")).forEach(LIST)).task(0).maxItems())
                .isEqualTo(100_000);
    }

    @Test
    void a_wrong_maxItems_is_refused() {
        assertThat(texts(
                        step(
                                "main",
                                task("a").forEach(LIST).maxItems(0),
                                task("b").maxItems(3)),
                        step("each", task("c")).forEach(LIST).maxItems(100_001),
                        step("none", task("d")).maxItems(1)))
                .containsExactly(
                        "steps[0].tasks[0].maxItems: 0 is not from 1 to 100,000; leave it out for 100,000",
                        "steps[0].tasks[1].maxItems: there is no forEach, so maxItems has no meaning; remove it, or add"
                                + " forEach",
                        "steps[1].maxItems: 100,001 is not from 1 to 100,000; leave it out for 100,000",
                        "steps[2].maxItems: there is no forEach, so maxItems has no meaning; remove it, or add forEach");
    }

    @Test
    void the_when_of_a_task_with_forEach_knows_no_item() {
        assertThat(texts(step("main", task("a").forEach(LIST).when("item"))))
                .containsExactly(
                        "steps[0].tasks[0].when: the when of a task with forEach is decided once, before there is"
                                + " an item; put the task into a step with forEach: there its when is decided for each item");
    }

    @Test
    void there_is_no_item_outside_of_a_forEach_nor_in_its_list() {
        assertThat(problems(
                        step(
                                "main",
                                task("a").uses("item"),
                                task("b").when("item"),
                                task("c").forEach(expression("item"))),
                        step("each", task("d")).forEach(expression("item"))))
                .containsExactly(
                        "EXPRESSION_INVALID steps[0].tasks[0].with.value",
                        "EXPRESSION_INVALID steps[0].tasks[1].when",
                        "EXPRESSION_INVALID steps[0].tasks[2].forEach",
                        "EXPRESSION_INVALID steps[1].forEach");
    }

    @Test
    void forEach_takes_a_list() {
        Template literal = new Template.Literal(Payload.json(" [1]"));
        Template sequence = new Template.Sequence(List.of(expression("x")));
        assertThat(problems(step("main", task("a").forEach(literal), task("b").forEach(sequence))))
                .isEmpty();
        assertThat(texts(step(
                        "main",
                        task("a").forEach(new Template.Literal(Payload.json("{}"))),
                        task("b").forEach(map("x", LIST)),
                        task("c").forEach(new Template.Text(List.of(LIST))),
                        task("d").forEach(Template.NULL))))
                .hasSize(4)
                .allMatch(text -> text.endsWith(
                        ".forEach: forEach takes a list; give it a list, or an expression that returns one"));
    }

    @Test
    void forEach_inside_forEach_is_refused_with_a_way_out() {
        Workflow sub = workflow(step("in", task("x")));

        assertThat(texts(step("each", task("a").forEach(LIST), task("b").runs(sub))
                        .forEach(LIST)))
                .containsExactly(
                        "steps[0].tasks[0].forEach: a task with forEach cannot stand in a step with forEach; move the task"
                                + " to a step of its own, or make one list of both",
                        "steps[0].tasks[1].plan: a sub-plan cannot stand in a step with forEach; put forEach on a step of"
                                + " the sub-plan and give it the list as a variable");
    }

    private static List<String> texts(StepMaker... steps) {
        return compile(workflow(steps)).problems().stream().map(Problem::text).toList();
    }
}
