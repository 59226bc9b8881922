package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.paths;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.withDefaults;
import static dev.ropewalk.plan.Workflows.withVariables;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ropewalk.plan.Template.Entry;
import dev.ropewalk.plan.Template.Literal;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import dev.ropewalk.plan.Workflows.StepMaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SubPlanTest {

    private static final Workflow CHAIN = workflow(step("in", task("x"), task("y", "x")));

    @Test
    void a_sub_plan_becomes_a_gate_its_tasks_and_an_end() {
        ExecutionPlan plan =
                plan(step("main", task("a"), task("sub", "a").runs(CHAIN).when("tasks.a.result"), task("b", "sub")));

        assertThat(paths(plan)).isEqualTo("a sub/$start sub/x sub/y sub b");
        assertThat(edges(plan))
                .containsExactly(
                        "a -SUCCESS-> sub/$start",
                        "sub -SUCCESS-> b",
                        "sub/$start -GATE-> sub",
                        "sub/$start -GATE-> sub/x",
                        "sub/$start -GATE-> sub/y",
                        "sub/x -SUCCESS-> sub/y",
                        "sub/y -SUCCESS-> sub");
        PlannedTask gate = plan.task(1);
        assertThat(gate.tool()).isEqualTo(PlannedTask.VALUE_TOOL);
        assertThat(gate.arguments()).isEqualTo(Template.NULL);
        assertThat(gate.when()).isPresent();
        assertThat(gate.scope()).isZero();
        PlannedTask end = plan.task(4);
        assertThat(end.tool()).isEqualTo(PlannedTask.VALUE_TOOL);
        assertThat(end.arguments()).isEqualTo(Template.NULL);
        assertThat(end.when()).isEmpty();
        assertThat(end.scope()).isEqualTo(1);
        assertThat(end.step()).isZero();
        assertThat(plan.steps()).extracting(PlannedStep::path).containsExactly("main", "sub/in");
        assertThat(plan.step(0).tasks()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(plan.step(1).tasks()).containsExactly(2, 3);
        assertThat(plan.task(2).scope()).isEqualTo(1);
    }

    @Test
    void the_end_returns_the_result_of_the_sub_plan() {
        Template result = new Template.ResultOf("x");
        ExecutionPlan plan = plan(step(
                "main", task("sub").runs(workflow(Optional.of(result), step("in", task("x"), task("y", "x"))))));

        assertThat(plan.task(plan.indexOf("sub").getAsInt()).arguments()).isEqualTo(result);
        assertThat(edges(plan)).contains("sub/x -SUCCESS-> sub", "sub/y -SUCCESS-> sub");
    }

    @Test
    void every_failure_in_a_sub_plan_reaches_its_end() {
        Workflow sub = workflow(
                step("one", task("a"), task("b")),
                step("two", task("c")).after("one"),
                step("three", task("d").when("x"), task("e")).mode(StepMode.CONDITIONAL),
                step("four", task("f").fallback("g"), task("g")),
                step("five", task("h")).forEach(expression("list")));

        assertThat(edges(plan(step("main", task("sub").runs(sub)))))
                .contains(
                        "sub/a -SUCCESS-> sub",
                        "sub/b -SUCCESS-> sub",
                        "sub/c -SUCCESS-> sub",
                        "sub/d -SUCCESS-> sub",
                        "sub/e -SUCCESS-> sub",
                        "sub/f -SUCCESS-> sub",
                        "sub/g -SUCCESS-> sub",
                        "sub/five -SUCCESS-> sub",
                        "sub/$start -GATE-> sub/five",
                        "sub/$start -GATE-> sub/c");
    }

    @Test
    void sub_plans_nest_with_a_scope_each() {
        Workflow middle = workflow(step("m", task("inner").runs(CHAIN)));
        ExecutionPlan plan = plan(
                step("main", task("outer").runs(middle)),
                step("next", task("z")).after("main"));

        assertThat(paths(plan))
                .isEqualTo("outer/$start outer/inner/$start outer/inner/x outer/inner/y outer/inner outer z main/$end");
        assertThat(plan.scopes()).extracting(Scope::prefix).containsExactly("", "outer/", "outer/inner/");
        assertThat(plan.scopes()).extracting(Scope::parent).containsExactly(-1, 0, 1);
        assertThat(plan.steps())
                .extracting(PlannedStep::path)
                .containsExactly("main", "outer/m", "outer/inner/in", "next");
        assertThat(edges(plan)).contains("outer/inner/x -ORDER-> main/$end", "outer/$start -ORDER-> main/$end");
    }

    @Test
    void a_conditional_step_passes_a_sub_plan_over_at_its_gate() {
        assertThat(edges(plan(
                        step("main", task("a").when("x").runs(CHAIN), task("b").runs(CHAIN))
                                .mode(StepMode.CONDITIONAL))))
                .contains("a/$start -CHOICE-> b/$start");
    }

    @Test
    void a_sequential_step_waits_for_the_end_of_a_sub_plan() {
        assertThat(edges(plan(step("main", task("a").runs(CHAIN), task("b").runs(CHAIN))
                        .mode(StepMode.SEQUENTIAL))))
                .contains("a -SUCCESS-> b/$start");
    }

    @Test
    void a_step_that_may_run_again_holds_the_end_of_its_sub_plan_and_what_is_outside() {
        Workflow sub = workflow(step("in", task("x")).onError(OnError.RETRY), step("behind", task("y", "x")));
        ExecutionPlan plan =
                plan(step("main", task("sub").runs(sub)).onError(OnError.RETRY), step("next", task("z", "sub")));

        assertThat(edges(plan))
                .contains(
                        "sub/in/$end -ORDER-> sub/y",
                        "main/$end -ORDER-> z",
                        "sub/x -ORDER-> sub/in/$end",
                        "sub/in/$end -ORDER-> main/$end")
                .doesNotContain("main/$end -ORDER-> sub", "main/$end -ORDER-> sub/y");
        assertThat(plan.step(1).tasks()).doesNotContain(plan.step(1).barrier());
        assertThat(plan.step(0).tasks()).doesNotContain(plan.step(1).barrier());
    }

    @Test
    void variables_are_given_with_the_task_or_take_their_default() {
        Workflow sub = withVariables(
                CHAIN,
                new Variable("path", VariableType.STRING, Optional.empty(), ""),
                new Variable("count", VariableType.INTEGER, Optional.of(Payload.json("3")), ""));
        ExecutionPlan plan =
                plan(step("main", task("a"), task("sub").runs(sub, new Entry("path", expression("tasks.a.result")))));

        assertThat(plan.scopes().get(1).variables())
                .containsExactly(
                        new Entry("path", expression("tasks.a.result")),
                        new Entry("count", new Literal(Payload.json("3"))));
        assertThat(edges(plan)).contains("a -SUCCESS-> sub/$start");
    }

    @Test
    void wrong_variables_are_reported_at_the_task() {
        Workflow sub = withVariables(
                CHAIN,
                new Variable("path", VariableType.STRING, Optional.empty(), ""),
                new Variable("count", VariableType.INTEGER, Optional.empty(), ""),
                new Variable("names", VariableType.LIST, Optional.empty(), ""));
        assertThat(texts(step(
                        "main",
                        task("sub")
                                .runs(
                                        sub,
                                        new Entry("pth", expression("x")),
                                        new Entry("count", new Literal(Payload.json("1.5"))),
                                        new Entry("count", new Literal(Payload.json("1"))),
                                        new Entry("names", new Template.Text(List.of(expression("x"))))))))
                .containsExactly(
                        "steps[0].tasks[0].with.count: the variable \"count\" is given twice; remove one of them",
                        "steps[0].tasks[0].with.pth: there is no variable \"pth\"; did you mean \"path\"?",
                        "steps[0].tasks[0].with.count: 1.5 is a number, but the variable \"count\" takes an integer; give it"
                                + " an integer, or change its type",
                        "steps[0].tasks[0].with.names: the variable \"names\" takes a list; give it a value of that type",
                        "steps[0].tasks[0].with.path: the variable \"path\" is required and was given no value; give it a"
                                + " string, or declare a default");
    }

    @Test
    void a_sub_plan_sees_its_own_tasks_alone() {
        Workflow sub = workflow(step("in", task("x", "a")));
        assertThat(texts(step("main", task("a"), task("sub").runs(sub))))
                .containsExactly(
                        "steps[0].tasks[1].plan.steps[0].tasks[0].after[0]: \"a\" is not a task of this plan; a"
                                + " sub-plan sees its own tasks alone; give it the value as a variable, in with");
    }

    @Test
    void what_a_task_that_runs_a_plan_cannot_have_is_refused_with_a_way_out() {
        assertThat(texts(step(
                        "main",
                        task("sub")
                                .runs(CHAIN)
                                .retry(RetryPolicy.of(1))
                                .timeout(Duration.ofSeconds(1))
                                .estimate(Duration.ofSeconds(1))
                                .onFailure(new FailurePolicy.Skip())
                                .forEach(expression("list")))))
                .containsExactly(
                        "steps[0].tasks[0].retry: a task that runs a plan cannot have retry; set it at the tasks of the"
                                + " sub-plan, or run the whole of it again with onError: retry at the step",
                        "steps[0].tasks[0].timeout: a task that runs a plan cannot have timeout; set it at the tasks of the"
                                + " sub-plan",
                        "steps[0].tasks[0].estimatedDuration: a task that runs a plan cannot have estimatedDuration; set it"
                                + " at the tasks of the sub-plan",
                        "steps[0].tasks[0].onFailure: a task that runs a plan cannot have onFailure; set it at the tasks of"
                                + " the sub-plan, or go on without it by onError: continue at the step",
                        "steps[0].tasks[0].forEach: a task that runs a plan cannot have forEach; put forEach on a step or"
                                + " task of the sub-plan and give it the list as a variable");
        assertThat(problems(step("main", task("sub").runs(CHAIN).onFailure(new FailurePolicy.Fail()))))
                .isEmpty();
    }

    @Test
    void a_sub_plan_has_no_limits_of_its_own_execution() {
        Workflow sub = new Workflow(
                "sub",
                "",
                Documentation.NONE,
                List.of(),
                Defaults.NONE,
                CHAIN.steps(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(1)),
                OptionalInt.of(3),
                SharedResources.NONE,
                Ordering.NONE,
                Constraints.NONE);
        assertThat(problems(step("main", task("sub").runs(sub))))
                .containsExactly(
                        "UNSUPPORTED steps[0].tasks[0].plan.timeout", "UNSUPPORTED steps[0].tasks[0].plan.maxParallel");
    }

    @Test
    void a_sub_plan_has_its_own_defaults_and_takes_the_priority_of_its_task() {
        Workflow sub = withDefaults(
                CHAIN,
                new Defaults(
                        Optional.of(RetryPolicy.of(4)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        Workflow outer = withDefaults(
                workflow(step("main", task("sub").runs(sub).priority(Priority.HIGH), task("a"))),
                new Defaults(
                        Optional.of(RetryPolicy.of(1)),
                        Optional.of(Duration.ofSeconds(3)),
                        Optional.of(new FailurePolicy.Skip()),
                        Optional.of(Priority.LOW),
                        List.of()));
        ExecutionPlan plan = plan(outer);

        PlannedTask inner = plan.task(plan.indexOf("sub/x").getAsInt());
        assertThat(inner.retry()).isEqualTo(RetryPolicy.of(4));
        assertThat(inner.timeoutMicros()).isZero();
        assertThat(inner.onFailure()).isEqualTo(PlannedTask.OnFailure.FAIL);
        assertThat(inner.priority()).isEqualTo(Priority.HIGH);
        PlannedTask gate = plan.task(plan.indexOf("sub/$start").getAsInt());
        assertThat(gate.retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(gate.onFailure()).isEqualTo(PlannedTask.OnFailure.FAIL);
        PlannedTask task = plan.task(plan.indexOf("a").getAsInt());
        assertThat(task.retry()).isEqualTo(RetryPolicy.of(1));
        assertThat(task.timeoutMicros()).isEqualTo(3_000_000);
        assertThat(task.onFailure()).isEqualTo(PlannedTask.OnFailure.SKIP);
        assertThat(task.priority()).isEqualTo(Priority.LOW);
    }

    @Test
    void the_tasks_of_a_sub_plan_take_onLost_of_the_task_that_runs_it_unless_they_say_otherwise() {
        Workflow inner = workflow(step("s", task("x"), task("y").onLost(OnLost.RERUN)));
        Workflow middle = workflow(step("s", task("deep").runs(inner)));
        ExecutionPlan plan = plan(step("main", task("sub").runs(middle).onLost(OnLost.UNKNOWN), task("a")));

        assertThat(plan.tasks())
                .filteredOn(task -> task.onLost() == OnLost.UNKNOWN)
                .extracting(PlannedTask::path)
                .containsExactly("sub/deep/x");
    }

    @Test
    void the_steps_of_a_sub_plan_go_on_where_the_step_around_them_does_unless_they_say_otherwise() {
        Workflow inner =
                workflow(step("quiet", task("x")), step("strict", task("y")).onError(OnError.STOP));
        ExecutionPlan plan = plan(
                step("on", task("a").runs(inner)).onError(OnError.CONTINUE),
                step("again", task("b").runs(inner)).onError(OnError.RETRY));

        assertThat(plan.steps())
                .extracting(PlannedStep::path, PlannedStep::onError)
                .containsExactly(
                        tuple("on", OnError.CONTINUE),
                        tuple("a/quiet", OnError.CONTINUE),
                        tuple("a/strict", OnError.STOP),
                        tuple("again", OnError.RETRY),
                        tuple("b/quiet", OnError.STOP),
                        tuple("b/strict", OnError.STOP));
    }

    @Test
    void sub_plans_nested_too_deep_are_refused() {
        Workflow nested = CHAIN;
        for (int i = 0; i < 20; i++) {
            nested = workflow(step("s", task("t").runs(nested)));
        }

        assertThat(compile(nested).problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(tuple("LIMIT_EXCEEDED", "sub-plans are nested deeper than 16 levels at \"sub.yaml\""));
    }

    @Test
    void sub_plans_that_multiply_beyond_all_bounds_are_refused_at_the_limit() {
        Workflow nested = CHAIN;
        for (int i = 0; i < 12; i++) {
            Workflow inner = nested;
            Workflows.TaskMaker[] tasks = new Workflows.TaskMaker[10];
            for (int k = 0; k < 10; k++) {
                tasks[k] = task("t" + k).runs(inner);
            }
            nested = workflow(step("s", tasks));
        }

        assertThat(compile(nested).problems())
                .extracting(Problem::text)
                .containsExactly(
                        "the plan has more than 200,000 tasks, sub-plans included; split it into several plans, or"
                                + " raise the limit");
    }

    @Test
    void an_empty_sub_plan_is_refused() {
        assertThat(problems(step("main", task("sub").runs(workflow()))))
                .containsExactly("EMPTY_PLAN steps[0].tasks[0].plan.steps");
    }

    @Test
    void the_outermost_scope_comes_first_with_literal_variables() {
        Workflow outer = withVariables(
                workflow(step("main", task("a"))), new Variable("n", VariableType.INTEGER, Optional.empty(), ""));
        Compilation compiled =
                PlanCompiler.compile(outer, Map.of("n", Payload.json("5")), PlanLimits.DEFAULT, new WordLanguage());

        assertThat(((Compilation.Compiled) compiled).plan().scopes())
                .containsExactly(new Scope(-1, "", List.of(new Entry("n", new Literal(Payload.json("5"))))));
    }

    private static List<String> texts(StepMaker... steps) {
        return compile(workflow(steps)).problems().stream().map(Problem::text).toList();
    }
}
