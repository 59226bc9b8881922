package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.map;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflows.TaskMaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Names, limits, tools and expressions.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WholePlanTest {

    @Test
    void a_plan_carries_what_its_workflow_says_of_the_execution() {
        ExecutionPlan plan = plan(named("nightly", "1.2", Optional.of(Duration.ofHours(1)), OptionalInt.of(4)));

        assertThat(plan.name()).isEqualTo("nightly");
        assertThat(plan.version()).isEqualTo("1.2");
        assertThat(plan.timeoutMicros()).isEqualTo(3_600_000_000L);
        assertThat(plan.maxParallel()).isEqualTo(4);
        assertThat(plan.result()).isEqualTo(Template.NULL);
        assertThat(plan.indexOf("a")).hasValue(0);
        assertThat(plan.indexOf("b")).isEmpty();
        assertThat(plan).hasToString("plan nightly (1 tasks, 0 edges)").isNotEqualTo("nightly");
    }

    @Test
    void a_wrong_header_is_reported_with_everything_else() {
        Workflow workflow = named(" ", "1\u202E2", Optional.of(Duration.ZERO), OptionalInt.of(0));
        assertThat(compile(workflow).problems())
                .extracting(Problem::text)
                .containsExactly(
                        "name: the plan has no name; give it one",
                        "version: \"1\\u{202E}2\" has characters that cannot be seen; remove line breaks, control"
                                + " characters and direction marks",
                        "timeout: 0s must be longer than zero; leave it out for no timeout",
                        "maxParallel: 0 is not from 1 to 1,000,000; use a number in that range");
        assertThat(compile(named("x".repeat(10_000_000), "", Optional.empty(), OptionalInt.empty()))
                        .problems())
                .extracting(Problem::text)
                .containsExactly("name: \"" + "x".repeat(80)
                        + "…\" has 10,000,000 characters, more than 128; shorten it; a description may be longer");
    }

    @Test
    void a_plan_without_tasks_is_refused() {
        assertThat(problems(workflow())).containsExactly("EMPTY_PLAN steps");
        assertThat(problems(step("one"), step("two", task("a")))).containsExactly("EMPTY_STEP steps[0].tasks");
    }

    @Test
    void limits_hold_for_tasks_steps_dependencies_and_expressions() {
        PlanLimits limits = new PlanLimits(3, 2, 1, 10, 5);
        assertThat(texts(limits, workflow(step("s", task("a"), task("b"), task("c"), task("d")))))
                .containsExactly(
                        "the plan has more than 3 tasks, sub-plans included; split it into several plans, or raise the"
                                + " limit");
        assertThat(texts(limits, workflow(step("s"), step("t"), step("u"), step("v"), step("w"))))
                .contains(
                        "the plan has more than 3 steps, sub-plans included; split it into several plans, or raise the"
                                + " limit");
        assertThat(texts(limits, workflow(step("s", task("a"), task("b", "a"), task("c", "a", "b")))))
                .containsExactly(
                        "the plan has more than 2 dependencies, sub-plans included; split it into several plans, or"
                                + " raise the limit");
        assertThat(texts(limits, workflow(step("s", task("a").uses("vars.x")))))
                .containsExactly(
                        "steps[0].tasks[0].with.value: the expression has 6 characters, more than 5; shorten it, or"
                                + " compute the value in a task");
    }

    @Test
    void a_value_nested_without_end_is_refused() {
        Template nested = expression("x");
        for (int i = 0; i < 100_000; i++) {
            nested = new Template.Sequence(List.of(nested));
        }

        Problem problem = compile(workflow(step("s", task("a").with(map("v", nested)))))
                .problems()
                .getFirst();
        assertThat(problem.code()).isEqualTo("LIMIT_EXCEEDED");
        assertThat(problem.message()).isEqualTo("the value is nested deeper than 128 levels");
    }

    @Test
    void a_chain_of_100_000_tasks_with_as_many_uses_compiles() {
        TaskMaker[] tasks = new TaskMaker[100_000];
        tasks[0] = task("t0");
        for (int i = 1; i < tasks.length; i++) {
            tasks[i] = task("t" + i, "t" + (i - 1)).uses("tasks.t" + i / 2 + ".result");
        }

        assertThat(plan(step("main", tasks)).edgeCount()).isEqualTo(199_996);
    }

    @Test
    void a_hundred_thousand_dangling_references_are_a_hundred_problems_and_a_number() {
        TaskMaker[] tasks = new TaskMaker[100_000];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = task("task" + i, "taks" + i);
        }

        Compilation.Rejected rejected = (Compilation.Rejected) compile(workflow(step("main", tasks)));
        assertThat(rejected.problems()).hasSize(100);
        assertThat(rejected.omitted()).isEqualTo(99_900);
        assertThat(new InvalidPlanException("x", rejected))
                .hasMessageStartingWith(
                        "plan \"x\" rejected, 100,000 problems [PLAN_INVALID]\n  steps[0].tasks[0].after[0]: ")
                .hasMessageEndingWith("\n  … and 99,900 more");
    }

    @Test
    void tools_are_checked_if_they_are_known() {
        Workflow workflow = workflow(step(
                "s",
                task("a").tool("shel"),
                task("b").tool(PlannedTask.VALUE_TOOL),
                task("c").tool("http")));
        assertThat(texts(workflow, ToolNames.of(List.of("shell", "http"))))
                .containsExactly("steps[0].tasks[0].tool: there is no tool \"shel\"; did you mean \"shell\"?");
        assertThat(texts(workflow, ToolNames.of(List.of("http"))))
                .containsExactly("steps[0].tasks[0].tool: there is no tool \"shel\"; the tools are \"http\"");
        assertThat(texts(workflow, ToolNames.of(List.of())))
                .containsExactly(
                        "steps[0].tasks[0].tool: there is no tool \"shel\"; register it first",
                        "steps[0].tasks[2].tool: there is no tool \"http\"; register it first");
        assertThat(texts(workflow, ToolNames.UNCHECKED)).isEmpty();
    }

    @Test
    void a_tool_needs_a_name_and_a_map_of_arguments() {
        assertThat(problems(step(
                        "s",
                        task("a").tool(" "),
                        task("b").tool("x\0"),
                        task("c").tool("x".repeat(257)),
                        task("d").with(new Template.Literal(Payload.json("[1]"))),
                        task("e").with(new Template.Sequence(List.of(expression("x")))),
                        task("f").with(new Template.Text(List.of(expression("x")))),
                        task("g").with(expression("x")),
                        task("h").with(new Template.ResultOf("g")))))
                .containsExactly(
                        "INVALID_VALUE steps[0].tasks[0].tool",
                        "INVALID_VALUE steps[0].tasks[1].tool",
                        "INVALID_VALUE steps[0].tasks[2].tool",
                        "INVALID_VALUE steps[0].tasks[3].with",
                        "INVALID_VALUE steps[0].tasks[4].with",
                        "INVALID_VALUE steps[0].tasks[5].with");
    }

    @Test
    void expressions_are_checked_wherever_they_stand() {
        Template bad = expression("bad");
        Template deep = new Template.Mapping(List.of(
                new Template.Entry("a b", new Template.Sequence(List.of(Template.NULL, bad))),
                new Template.Entry("text", new Template.Text(List.of(Template.NULL, bad)))));
        assertThat(problems(workflow(
                        Optional.of(map("r", bad)),
                        step("s", task("a").with(deep).when("bad")))))
                .containsExactly(
                        "EXPRESSION_INVALID steps[0].tasks[0].when",
                        "EXPRESSION_INVALID steps[0].tasks[0].with[\"a b\"][1]",
                        "EXPRESSION_INVALID steps[0].tasks[0].with.text",
                        "EXPRESSION_INVALID result.r");
    }

    @Test
    void an_expression_that_stands_in_many_tasks_is_analysed_once() {
        WordLanguage language = new WordLanguage();
        TaskMaker[] tasks = new TaskMaker[1_000];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = task("t" + i).uses("vars.x");
        }

        PlanCompiler.compile(workflow(step("s", tasks)), Map.of(), PlanLimits.DEFAULT, language);
        assertThat(language.analysed).isEqualTo(1);
    }

    @Test
    void a_language_that_reports_unknown_tasks_itself_is_not_repeated() {
        ExpressionLanguage language = (_, _, _) -> new ExpressionLanguage.Analysis(
                List.of("a", "zzz"), false, List.of(new Problem("UNKNOWN_TASK", "", "no zzz", "")));
        Compilation compilation = PlanCompiler.compile(
                workflow(step("s", task("a"), task("b").uses("x"))), Map.of(), PlanLimits.DEFAULT, language);

        assertThat(compilation.problems()).extracting(Problem::message).containsExactly("no zzz");
    }

    @Test
    void without_a_language_expressions_are_refused() {
        assertThat(PlanCompiler.compile(
                                workflow(step("s", task("a").uses("vars.x"))),
                                Map.of(),
                                PlanLimits.DEFAULT,
                                ExpressionLanguage.NONE)
                        .problems())
                .extracting(Problem::code)
                .containsExactly("EXPRESSION_UNSUPPORTED");
    }

    @Test
    void a_refusal_reads_like_this() {
        Compilation compilation = compile(
                workflow(step("collect", task("fetch-prices").timeout(Duration.ZERO), task("report", "fetch-price"))));
        assertThatThrownBy(() -> {
                    throw new InvalidPlanException("nightly-report", (Compilation.Rejected) compilation);
                })
                .hasMessage("""
                        plan "nightly-report" rejected, 2 problems [PLAN_INVALID]
                          steps[0].tasks[0].timeout: 0s must be longer than zero; leave it out for no timeout
                          steps[0].tasks[1].after[0]: "fetch-price" is not a task of this plan; did you mean "fetch-prices"?""");
    }

    private static Workflow named(String name, String version, Optional<Duration> timeout, OptionalInt maxParallel) {
        return new Workflow(
                name,
                version,
                Documentation.NONE,
                List.of(),
                Defaults.NONE,
                workflow(step("main", task("a"))).steps(),
                Optional.empty(),
                OptionalInt.empty(),
                timeout,
                maxParallel,
                SharedResources.NONE,
                Ordering.NONE,
                Constraints.NONE);
    }

    private static List<String> texts(PlanLimits limits, Workflow workflow) {
        return PlanCompiler.compile(workflow, Map.of(), limits, new WordLanguage()).problems().stream()
                .map(Problem::text)
                .toList();
    }

    private static List<String> texts(Workflow workflow, ToolNames tools) {
        return PlanCompiler.compile(
                        workflow, Map.of(), PlanLimits.DEFAULT, new WordLanguage(), tools, KnownResources.NONE)
                .problems()
                .stream()
                .map(Problem::text)
                .toList();
    }
}
