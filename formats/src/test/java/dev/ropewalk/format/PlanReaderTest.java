package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.Documentation;
import dev.ropewalk.plan.Moment;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.Ordering;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.TimeWindow;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanReaderTest {

    @Test
    void a_plan_of_few_words_takes_all_defaults() {
        Workflow workflow = Plans.workflow(Plans.withTask("tool: shell"));

        assertThat(workflow)
                .isEqualTo(new Workflow(
                        "test",
                        "",
                        new Documentation("test", "", List.of(), Payload.EMPTY_OBJECT),
                        List.of(),
                        Defaults.NONE,
                        workflow.steps(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        SharedResources.NONE,
                        Ordering.NONE,
                        Constraints.NONE));
        assertThat(workflow.steps().getFirst().tasks().getFirst())
                .isEqualTo(new Workflow.Task(
                        "task",
                        Documentation.NONE,
                        new CallTool("shell", Template.EMPTY_OBJECT),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Needs.NONE,
                        Constraints.NONE));
        assertThat(Plans.check(Plans.read(Plans.withTask("tool: shell"))).plan())
                .isPresent();
    }

    @Test
    void a_plan_says_what_it_is_and_how_it_runs() {
        Workflow workflow = Plans.workflow("""
                $schema: urn:ropewalk:schema:plan:1
                name: nightly
                version: "2.1"
                description: What happens at night.
                tags: [night, report]
                metadata: { owner: ops, cost: 1.50 }
                defaults: { retry: 2, timeout: 1m, onFailure: skip, priority: LOW }
                maxRetries: 4
                timeout: 2h
                maxParallel: 8
                steps: []
                result: { a: "${vars.x}", b: [1, "two"] }
                """);

        assertThat(workflow.name()).isEqualTo("nightly");
        assertThat(workflow.version()).isEqualTo("2.1");
        assertThat(workflow.about())
                .isEqualTo(new Documentation(
                        "nightly",
                        "What happens at night.",
                        List.of("night", "report"),
                        Payload.json("{\"owner\":\"ops\",\"cost\":1.50}")));
        assertThat(workflow.defaults())
                .isEqualTo(new Defaults(
                        Optional.of(RetryPolicy.of(2)),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of(new FailurePolicy.Skip()),
                        Optional.of(Priority.LOW),
                        List.of()));
        assertThat(workflow.maxRetries()).hasValue(4);
        assertThat(workflow.timeout()).contains(Duration.ofHours(2));
        assertThat(workflow.maxParallel()).hasValue(8);
        assertThat(workflow.result())
                .contains(new Template.Mapping(List.of(
                        new Template.Entry("a", new Template.Expression("vars.x")),
                        new Template.Entry("b", literal("[1,\"two\"]")))));
    }

    @Test
    void a_step_says_how_its_tasks_follow_each_other() {
        Workflow.Step step = Plans.workflow("""
                        name: test
                        steps:
                          - id: all
                            name: Everything
                            description: d
                            tags: one
                            metadata: {}
                            mode: sequential
                            after: first
                            onError: retry
                            maxRetries: 2
                            forEach: "${vars.list}"
                            maxItems: 10
                            tasks: []
                        """).steps().getFirst();

        assertThat(step)
                .isEqualTo(new Workflow.Step(
                        "all",
                        new Documentation("Everything", "d", List.of("one"), Payload.EMPTY_OBJECT),
                        Optional.of(StepMode.SEQUENTIAL),
                        List.of("first"),
                        List.of(),
                        Optional.of(OnError.RETRY),
                        OptionalInt.of(2),
                        Optional.of(new Template.Expression("vars.list")),
                        OptionalInt.of(10),
                        List.of()));
    }

    @Test
    void a_task_says_what_it_does_and_what_becomes_of_it() {
        Workflow.Task task = Plans.task("""
                name: The task
                with: { n: 1, text: "a ${vars.x} b" }
                after: [a, b]
                when: "${vars.on}"
                forEach: [1, 2]
                maxItems: 2
                retry: 3
                timeout: 90s
                onFailure: { fallback: other }
                priority: CRITICAL
                estimatedDuration: 250ms
                onLost: unknown
                """);

        assertThat(task)
                .isEqualTo(new Workflow.Task(
                        "task",
                        new Documentation("The task", "", List.of(), Payload.EMPTY_OBJECT),
                        new CallTool(
                                "shell",
                                new Template.Mapping(List.of(
                                        new Template.Entry("n", literal("1")),
                                        new Template.Entry(
                                                "text",
                                                new Template.Text(List.of(
                                                        literal("\"a \""),
                                                        new Template.Expression("vars.x"),
                                                        literal("\" b\""))))))),
                        List.of("a", "b"),
                        List.of(),
                        Optional.of(new Template.Expression("vars.on")),
                        Optional.of(literal("[1,2]")),
                        OptionalInt.of(2),
                        Optional.of(RetryPolicy.of(3)),
                        Optional.of(Duration.ofSeconds(90)),
                        Optional.of(new FailurePolicy.Fallback("other")),
                        Optional.of(Priority.CRITICAL),
                        Optional.of(Duration.ofMillis(250)),
                        Optional.of(OnLost.UNKNOWN),
                        Needs.NONE,
                        Constraints.NONE));
    }

    @Test
    void the_longest_delay_follows_from_those_that_are_written() {
        assertThat(maxDelay("retry: { maxRetries: 1 }")).isEqualTo(Duration.ofMinutes(5));
        assertThat(maxDelay("retry: { maxRetries: 1, delay: 10m }")).isEqualTo(Duration.ofMinutes(10));
        assertThat(maxDelay("retry: { maxRetries: 1, rules: [ { on: BUSY, delay: 1h }, { on: IO, delay: 1s } ] }"))
                .isEqualTo(Duration.ofHours(1));
        assertThat(maxDelay("retry: { maxRetries: 1, delay: 10m, maxDelay: 1m }"))
                .isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration maxDelay(String retry) {
        return Plans.task(retry).retry().orElseThrow().maxDelay();
    }

    @Test
    void a_retry_policy_may_say_everything() {
        assertThat(Plans.task("""
                                retry:
                                  maxRetries: 5
                                  delay: 2s
                                  backoff: 1.5
                                  jitter: 0
                                  maxDelay: 1m
                                  on: [TIMEOUT, HTTP_5*]
                                  rules:
                                    - { on: RATE_LIMITED, maxRetries: 10, delay: 30s }
                                    - { on: [IO] }
                                """).retry())
                .contains(new RetryPolicy(
                        5,
                        Duration.ofSeconds(2),
                        1.5,
                        0,
                        Duration.ofMinutes(1),
                        List.of("TIMEOUT", "HTTP_5*"),
                        List.of(
                                new RetryPolicy.Rule(
                                        List.of("RATE_LIMITED"),
                                        OptionalInt.of(10),
                                        Optional.of(Duration.ofSeconds(30))),
                                new RetryPolicy.Rule(List.of("IO"), OptionalInt.empty(), Optional.empty()))));
    }

    @Test
    void a_retry_policy_that_says_little_takes_the_usual_rest() {
        assertThat(Plans.task("retry: { maxRetries: 3 }").retry()).contains(RetryPolicy.of(3));
    }

    @Test
    void variables_have_the_type_of_their_default_or_the_one_they_name() {
        List<Variable> variables = Plans.workflow("""
                        name: test
                        steps: []
                        variables:
                          text: a
                          date: 2026-01-01
                          answer: "yes"
                          old: yes
                          whole: 7
                          part: 1.5
                          truth: true
                          list: [1]
                          map: { default: { a: 1 } }
                          escaped: "$${x}"
                          needed: { type: list, required: true, description: which }
                          anything: {}
                          typed: { type: number, default: 1, required: false }
                        """).variables();

        assertThat(variables)
                .containsExactly(
                        variable("text", VariableType.STRING, "\"a\""),
                        variable("date", VariableType.STRING, "\"2026-01-01\""),
                        variable("answer", VariableType.STRING, "\"yes\""),
                        variable("old", VariableType.STRING, "\"yes\""),
                        variable("whole", VariableType.INTEGER, "7"),
                        variable("part", VariableType.NUMBER, "1.5"),
                        variable("truth", VariableType.BOOLEAN, "true"),
                        variable("list", VariableType.LIST, "[1]"),
                        variable("map", VariableType.MAP, "{\"a\":1}"),
                        variable("escaped", VariableType.STRING, "\"${x}\""),
                        new Variable("needed", VariableType.LIST, Optional.empty(), "which"),
                        new Variable("anything", VariableType.ANY, Optional.empty(), ""),
                        variable("typed", VariableType.NUMBER, "1"));
    }

    @Test
    void arguments_may_be_one_expression() {
        assertThat(Plans.task("with: \"${vars.arguments}\"").action())
                .isEqualTo(new CallTool("shell", new Template.Expression("vars.arguments")));
    }

    @ParameterizedTest
    @CsvSource({"fail", "skip"})
    void a_failure_policy_may_be_a_word(String word) {
        FailurePolicy policy = word.equals("fail") ? new FailurePolicy.Fail() : new FailurePolicy.Skip();

        assertThat(Plans.task("onFailure: " + word).onFailure()).contains(policy);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_condition_may_be_plain(String word) {
        assertThat(Plans.task("when: " + word).when()).contains(new Template.Expression(word));
    }

    @Test
    void a_dependency_is_an_id_or_says_more() {
        assertThat(Plans.task("""
                dependencies:
                  - a
                  - { task: b, type: START_TO_START, lag: 100ms }
                  - { step: c, type: FINISH_TO_FINISH, condition: "${vars.on}" }
                """).dependencies())
                .containsExactly(
                        new Dependency("a", DependencyType.FINISH_TO_START, Duration.ZERO, Optional.empty()),
                        new Dependency("b", DependencyType.START_TO_START, Duration.ofMillis(100), Optional.empty()),
                        new Dependency(
                                "c",
                                DependencyType.FINISH_TO_FINISH,
                                Duration.ZERO,
                                Optional.of(new Template.Expression("vars.on"))));
    }

    @Test
    void what_cannot_be_meant_by_dependencies_and_constraints_is_told() {
        ReadPlan read = Plans.read(Plans.withTask("""
                tool: shell
                dependencies:
                  - { task: a, step: b }
                  - { task: a, type: finish_to_start }
                  - 1
                constraints:
                  deadline: 2027-01-01T00:00:00
                  notBefore: soon
                  windows:
                    - { days: [MON..NODAY, FOO], from: "25:00", to: noon, zone: Nowhere/Land }
                    - { days: { a: 1 }, from: "01:00", to: "02:00", zone: UTC }
                    - 7
                """));

        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactlyInAnyOrder(
                        "INVALID_VALUE steps[0].tasks[0].dependencies[0]",
                        "INVALID_VALUE steps[0].tasks[0].dependencies[1].type",
                        "WRONG_TYPE steps[0].tasks[0].dependencies[2]",
                        "INVALID_VALUE steps[0].tasks[0].constraints.deadline",
                        "INVALID_DURATION steps[0].tasks[0].constraints.notBefore",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].days[0]",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].days[1]",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].from",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].to",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].zone",
                        "WRONG_TYPE steps[0].tasks[0].constraints.windows[1].days",
                        "WRONG_TYPE steps[0].tasks[0].constraints.windows[2]");
    }

    @Test
    void constraints_say_when_and_with_whom() {
        assertThat(Plans.task("""
                constraints:
                  deadline: 10m
                  onDeadlineMissed: escalate
                  notBefore: 2027-03-01T18:00:00+01:00
                  windows: [ { days: [MON..TUE, SUN], from: "22:00", to: "06:00", zone: Europe/Berlin } ]
                  exclusive: [report-file]
                """).constraints())
                .isEqualTo(new Constraints(
                        Optional.of(new Moment.AfterStart(Duration.ofMinutes(10))),
                        OnDeadlineMissed.ESCALATE,
                        Optional.of(new Moment.At(Instant.parse("2027-03-01T17:00:00Z"))),
                        List.of(new TimeWindow(
                                List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(22, 0),
                                LocalTime.of(6, 0),
                                ZoneId.of("Europe/Berlin"))),
                        List.of("report-file")));
    }

    @Test
    void numbers_keep_every_digit() {
        CallTool call = (CallTool) Plans.task("with: { n: 12345678901234567890.10, i: 98765432109876543210 }")
                .action();

        assertThat(call.with()).isEqualTo(literal("{\"n\":12345678901234567890.10,\"i\":98765432109876543210}"));
    }

    @Test
    void servers_of_the_plan_are_handed_on_as_they_are() {
        ReadPlan read = Plans.read("""
                name: test
                steps: []
                mcpServers:
                  files: { command: [npx, server], env: { A: "${secrets.B}" }, retries: 2 }
                """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.mcpServers())
                .isEqualTo(Map.of(
                        "files",
                        Map.of(
                                "command",
                                List.of("npx", "server"),
                                "env",
                                Map.of("A", "${secrets.B}"),
                                "retries",
                                2L)));
        assertThat(Plans.read("name: test\nsteps: []").mcpServers()).isEmpty();
    }

    @Test
    void json_says_the_same_as_yaml() {
        String json = """
                {"name": "test", "steps": [{"id": "step", "tasks": [{"id": "task", "tool": "shell"}]}]}
                """;

        ReadPlan read = new PlanReader().read("plan.JSON", json.getBytes(StandardCharsets.UTF_8));

        assertThat(read.workflow()).contains(Plans.workflow(Plans.withTask("tool: shell")));
    }

    @Test
    void files_that_end_in_json_are_strict() {
        ReadPlan read = new PlanReader().read("plan.json", "name: test".getBytes(StandardCharsets.UTF_8));

        assertThat(read.workflow()).isEmpty();
        assertThat(read.problems()).extracting(LocatedProblem::code).containsExactly("INVALID_JSON");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_like_any_other(@TempDir Path directory) {
        Path file = directory.resolve("missing.yaml");

        assertThat(new PlanReader().read(file).problems())
                .extracting(LocatedProblem::render)
                .containsExactly(file + ":1:1  there is no such file  → check the name and the permissions");
    }

    @Test
    void a_directory_is_no_plan(@TempDir Path directory) {
        assertThat(new PlanReader().read(directory).problems())
                .extracting(LocatedProblem::render)
                .containsExactly(directory + ":1:1  this is a folder  → name the plan's file");
    }

    @Test
    void a_file_beyond_the_limit_is_refused_unread() {
        PlanReader reader = new PlanReader(new TreeLimits(20, 9, 9, 20, 9, 9, 9), PlanLimits.DEFAULT);

        assertThat(reader.read("plan.yaml", "name: aaaaaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.UTF_8))
                        .problems())
                .extracting(LocatedProblem::code)
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void a_plan_is_read_from_a_file(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), Plans.withTask("tool: shell"));

        assertThat(new PlanReader().read(file).workflow()).isPresent();
    }

    private static Variable variable(String name, VariableType type, String json) {
        return new Variable(name, type, Optional.of(Payload.json(json)), "");
    }

    private static Template literal(String json) {
        return new Template.Literal(Payload.json(json));
    }
}
