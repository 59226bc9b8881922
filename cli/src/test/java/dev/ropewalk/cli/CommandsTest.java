package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandsTest {

    private static final String GREETING = """
            name: greeting
            version: 1.2.0
            variables:
              who: { type: string, default: world }
              times: { type: integer, default: 1 }
            steps:
              - id: greet
                tasks:
                  - id: hello
                    tool: shell
                    with: { command: [echo, hello, "${vars.who}"] }
            result: { text: "${tasks.hello.result.stdout}", times: "${vars.times}" }
            """;

    private static final String FAILING = """
            name: failing
            steps:
              - id: work
                mode: sequential
                tasks:
                  - id: bad
                    tool: shell
                    with: { command: ["false"] }
                  - id: next
                    tool: shell
                    with: { command: ["true"] }
            """;

    @TempDir
    Path folder;

    private String store = "";
    private Path greeting = Path.of("");

    @BeforeEach
    void a_store_and_a_plan() throws IOException {
        store = "sqlite:" + folder.resolve("store.db");
        greeting = Files.writeString(folder.resolve("greeting.yaml"), GREETING);
    }

    @Test
    void run_prints_the_result_on_stdout_and_all_else_on_stderr() {
        Outcome outcome = stored("run", greeting.toString(), "--var", "who=you", "--var", "times=3");
        assertThat(outcome.exitCode()).isZero();
        assertThat(Json.read(outcome.out())).isEqualTo(Map.of("text", "hello you\n", "times", 3L));
        assertThat(outcome.err()).contains("task hello started", "task hello completed", "✔ greeting@1.2.0 completed");
    }

    @Test
    void json_is_alone_on_stdout_and_has_the_fields_of_a_result() {
        Outcome outcome =
                stored("run", greeting.toString(), "--id", "e1", "--tag", "t", "--meta", "k=v", "--json", "--quiet");
        assertThat(outcome.err()).isEmpty();
        Map<?, ?> json = (Map<?, ?>) Json.read(outcome.out());
        assertThat(keys(json))
                .containsExactly(
                        "executionId",
                        "planId",
                        "status",
                        "startedAt",
                        "completedAt",
                        "result",
                        "metrics",
                        "resourceUsage",
                        "timeline",
                        "timelineTruncated",
                        "failures",
                        "partialResults");
        assertThat(json.get("executionId")).isEqualTo("e1");
        assertThat(json.get("planId")).isEqualTo("greeting@1.2.0");
        assertThat(json.get("status")).isEqualTo("COMPLETED");
        assertThat((List<?>) json.get("timeline")).isNotEmpty();
    }

    @Test
    void a_failed_plan_ends_with_1_and_tells_what_was_skipped() throws IOException {
        Path plan = Files.writeString(folder.resolve("failing.yaml"), FAILING);
        Outcome outcome = stored("run", plan.toString(), "--id", "f1");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("✘ failing failed", "bad", "execution f1");
        Map<?, ?> json = (Map<?, ?>)
                Json.read(stored("run", plan.toString(), "--json", "--quiet").out());
        assertThat(json.get("status")).isEqualTo("FAILED");
        assertThat(((Map<?, ?>) json.get("error")).get("code")).isNotNull();
        assertThat((List<?>) json.get("failures")).hasSize(1);
        Outcome result = stored("result", "f1");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("bad");
        assertThat(stored("show", "f1").out()).contains("errorCode", "next");
    }

    @Test
    void an_execution_that_times_out_ends_with_4() throws IOException {
        Path plan = Files.writeString(folder.resolve("slow.yaml"), """
                name: slow
                timeout: 200ms
                steps:
                  - id: s
                    tasks:
                      - id: t
                        tool: shell
                        with: { command: [sleep, "60"] }
                """);
        assertThat(stored("run", plan.toString()).exitCode()).isEqualTo(4);
    }

    @Test
    void every_problem_of_a_plan_is_told_at_once_with_its_place() throws IOException {
        Path plan = Files.writeString(folder.resolve("broken.yaml"), """
                name: broken
                steps:
                  - id: s
                    tasks:
                      - id: one
                        tool: shel
                        after: [tow]
                      - id: two
                        tool: shell
                        tmeout: 3s
                """);
        for (String command : new String[] {"run", "validate"}) {
            Outcome outcome = stored(command, plan.toString());
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err())
                    .contains("broken.yaml:6:15", "did you mean \"shell\"?", "did you mean \"two\"?", "\"timeout\"");
        }
        Outcome json = stored("validate", plan.toString(), "--json");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat((Map<?, ?>) Json.read(json.out())).extracting("valid").isEqualTo(false);
    }

    @Test
    void validate_says_what_a_good_plan_has() {
        assertThat(stored("validate", greeting.toString()).out()).contains("is valid: 1 task in 1 step");
        assertThat(stored("validate", greeting.toString(), "--json").out()).contains("\"valid\":true");
        assertThat(stored("validate", folder.resolve("none.yaml").toString()).err())
                .contains("FILE_UNREADABLE");
    }

    @Test
    void variables_that_do_not_fit_are_refused() {
        Outcome outcome = stored("run", greeting.toString(), "--var", "times=many", "--var", "whom=me");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("VARIABLE_TYPE", "VARIABLE_UNKNOWN");
    }

    @Test
    void what_was_run_can_be_looked_at() {
        stored("run", greeting.toString(), "--id", "first", "--tag", "blue", "--meta", "team=red", "--key", "k1");
        stored("run", greeting.toString(), "--id", "second");
        assertThat(stored("list").out()).containsSubsequence("ID", "second", "first");
        assertThat(stored("list", "--tag", "blue", "--meta", "team=red", "--status", "completed")
                        .out())
                .contains("first")
                .doesNotContain("second");
        assertThat(stored("list", "--workflow", "other", "--json").out().trim()).isEqualTo("[]");
        assertThat((List<?>) Json.read(stored("list", "-n", "1", "--json").out()))
                .hasSize(1);
        assertThat(stored("list", "-n", "0").exitCode()).isEqualTo(2);
        assertThat(stored("show", "fir").out()).contains("first", "hello", "completed");
        assertThat(stored("show", "first", "--json").out()).contains("\"tasks\":[{\"taskId\":\"hello\"");
        assertThat(stored("events", "first").out()).contains("EXECUTION_STARTED", "TASK_COMPLETED");
        assertThat((List<?>) Json.read(
                        stored("events", "first", "--json", "--after", "2").out()))
                .isNotEmpty();
        assertThat(stored("result", "first", "hello", "--json").out()).contains("hello world");
        assertThat(stored("result", "first").out()).contains("hello world");
        assertThat(stored("result", "first", "--json").out()).contains("\"planId\":\"greeting@1.2.0\"");
        assertThat(stored("result", "first", "helo").err()).contains("TASK_UNKNOWN");
        assertThat(stored("logs", "first", "--follow").exitCode()).isZero();
        assertThat(stored("logs", "first", "--json").out()).startsWith("[");
        assertThat(stored("show", "third").err()).contains("EXECUTION_UNKNOWN");
    }

    @Test
    void the_same_key_gives_the_same_execution() {
        stored("run", greeting.toString(), "--id", "one", "--key", "k");
        Outcome again = stored("run", greeting.toString(), "--key", "k");
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("execution one");
        Outcome other = stored("run", greeting.toString(), "--key", "k", "--var", "who=else");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("CONFLICT");
    }

    @Test
    void a_registered_workflow_runs_by_its_name_and_version() throws IOException {
        assertThat(stored("register", greeting.toString()).out()).contains("ropewalk run greeting@1.2.0");
        assertThat(stored("workflows").out()).contains("greeting", "1.2.0", "yaml");
        assertThat(stored("workflows", "--json").out()).contains("\"name\":\"greeting\"");
        assertThat(stored("run", "greeting", "--var", "who=you").out()).contains("hello you");
        assertThat(stored("run", "greeting@1.2.0").exitCode()).isZero();
        assertThat(stored("run", "greting").err()).contains("WORKFLOW_UNKNOWN");
        Files.writeString(greeting, GREETING.replace("hello,", "bye,"));
        assertThat(stored("register", greeting.toString(), "--json").err()).contains("CONFLICT", "raise its version");
    }

    @Test
    void a_plan_with_sub_plans_is_not_registered() throws IOException {
        Path plan = Files.writeString(folder.resolve("outer.yaml"), """
                name: outer
                steps:
                  - id: s
                    tasks:
                      - id: inner
                        plan: greeting.yaml
                """);
        assertThat(stored("run", plan.toString()).exitCode()).isZero();
        Outcome outcome = stored("register", plan.toString());
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("outer.yaml:6:", "put the tasks into the plan itself");
        assertThat(stored("register", folder.resolve("none.yaml").toString()).err())
                .contains("FILE_UNREADABLE");
    }

    @Test
    void call_runs_one_tool() {
        Outcome outcome = stored("call", "shell", "--with", "command=[\"cat\"]", "--with", "stdin=12", "--quiet");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("\"stdout\":\"12\"");
        assertThat(stored("call", "shel").err()).contains("TOOL_UNKNOWN", "did you mean \"shell\"?");
    }

    @Test
    void what_a_tool_used_and_what_completed_is_in_the_result() throws IOException {
        Path plan = Files.writeString(folder.resolve("mixed.yaml"), """
                name: mixed
                steps:
                  - id: s
                    mode: sequential
                    tasks:
                      - { id: good, tool: shell, with: { command: [sleep, "0.4"] } }
                      - { id: bad, tool: shell, with: { command: ["false"] } }
                """);
        Outcome outcome = stored("run", plan.toString(), "--id", "m");
        assertThat(outcome.err())
                .contains(
                        "what its completed tasks returned:\n    ropewalk result m --json",
                        "2 tasks: 1 completed, 1 failed");
        Map<?, ?> json = (Map<?, ?>) Json.read(stored("result", "m", "--json").out());
        assertThat((List<?>) json.get("resourceUsage"))
                .map(usage -> String.valueOf(((Map<?, ?>) usage).get("resourceType")))
                .contains("memory");
        assertThat((Map<?, ?>) json.get("partialResults")).hasSize(1);
    }

    @Test
    void no_more_run_at_once_than_is_said() throws IOException {
        Path plan = Files.writeString(folder.resolve("turns.yaml"), """
                name: turns
                steps:
                  - id: s
                    tasks:
                      - id: turn
                        forEach: "${lists.range(4)}"
                        tool: shell
                        with: { script: "mkdir '%1$s' && sleep 0.05 && rmdir '%1$s'" }
                """.formatted(folder.resolve("taken")));
        assertThat(stored("run", plan.toString(), "--parallel", "1").exitCode()).isZero();
    }

    @Test
    void arguments_of_a_call_are_read_as_the_tool_wants_them() {
        assertThat(stored("call", "value", "--with", "value=no JSON", "--quiet").out())
                .isEqualTo("no JSON\n");
        assertThat(stored("call", "value", "--with", "value=[1, 2]", "--quiet").out())
                .isEqualTo("[1,2]\n");
        Outcome refused = stored("call", "value", "--parallel", "0");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--parallel is less than 1");
        assertThat(stored("register", greeting.toString(), "--json").out()).contains("\"name\":\"greeting\"");
    }

    @Test
    void tools_plugins_and_completion_are_listed() {
        assertThat(Outcome.of("tools", "--schemas").out()).contains("shell", "command");
        assertThat(Outcome.of("tools", "--json").out()).contains("\"inputSchema\"");
        assertThat(Outcome.of("plugins").out()).contains("no plug-ins");
        assertThat(Outcome.of("plugins", "--json").out().trim()).isEqualTo("[]");
        assertThat(Outcome.of("completion").out()).contains("complete", "validate");
    }

    @Test
    void what_a_plan_says_of_its_parts_is_shown_and_finds_them() throws IOException {
        Path plan = Files.writeString(folder.resolve("said.yaml"), """
                name: said
                description: What for.
                steps:
                  - id: s
                    name: The step
                    tags: [slow]
                    metadata: { team: red }
                    tasks:
                      - { id: a, tool: value, with: { value: 1 }, name: The task, tags: [x], metadata: { n: 7 } }
                      - { id: each, tool: value, forEach: [1, 2], with: { value: "${item}" }, description: Of each. }
                  - id: t
                    tasks: [ { id: b, tool: value, with: { value: 1 } } ]
                """);
        stored("run", plan.toString(), "--id", "said");

        assertThat(stored("show", "said").out()).contains("What for.", "The task");
        Map<?, ?> json = (Map<?, ?>) Json.read(stored("show", "said", "--json").out());
        assertThat(((List<?>) json.get("steps")).getFirst())
                .isEqualTo(Map.of(
                        "stepId", "s", "name", "The step", "tags", List.of("slow"), "metadata", Map.of("team", "red")));
        assertThat(((List<?>) json.get("tasks"))
                        .stream().filter(task -> "Of each.".equals(((Map<?, ?>) task).get("description"))))
                .hasSize(3);
        assertThat(found("--tag", "x", "--meta", "n=7")).containsExactly("a");
        assertThat(found("--tag", "slow", "--meta", "team=red", "-n", "3")).containsExactly("a", "each", "each[0]");
        assertThat(found("--meta", "n=8")).isEmpty();
    }

    private List<String> found(String... arguments) {
        List<String> all = new ArrayList<>(List.of("show", "said", "--json"));
        all.addAll(List.of(arguments));
        Map<?, ?> json =
                (Map<?, ?>) Json.read(stored(all.toArray(String[]::new)).out());
        return ((List<?>) json.get("tasks"))
                .stream()
                        .map(task -> String.valueOf(((Map<?, ?>) task).get("taskId")))
                        .toList();
    }

    @Test
    void mcp_servers_of_a_plan_are_refused_unless_they_are_allowed() throws IOException {
        Path plan = Files.writeString(
                folder.resolve("mcp.yaml"), GREETING + "mcpServers: { files: { command: [server] } }\n");
        Outcome refused = stored("run", plan.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("MCP_COMMANDS_REFUSED", "files", "--allow-mcp-commands");
        assertThat(stored("run", plan.toString(), "--allow-mcp-commands").exitCode())
                .isZero();
    }

    @Test
    void validate_prints_the_schema_of_plans() {
        Outcome outcome = Outcome.of("validate", "--schema");
        assertThat(outcome.exitCode()).isZero();
        Map<?, ?> schema = (Map<?, ?>) Json.read(outcome.out());
        assertThat(schema.get("title")).isEqualTo("Ropewalk plan");
        assertThat(Outcome.of("validate").err()).contains("PLAN");
        assertThat(Outcome.of("validate", "--schema", greeting.toString()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void the_configuration_is_read_strictly() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), """
                store: "%s"
                engine: { maxParallel: 2, grace: 1s, outputMemory: 64KiB, temporary: "%s" }
                tools: { shell: { enabled: true } }
                """.formatted(store, folder));
        assertThat(Outcome.of("run", greeting.toString(), "--config", good.toString())
                        .exitCode())
                .isZero();
        Path bad = Files.writeString(folder.resolve("bad.yaml"), """
                stroe: x
                allowMcpCommands: 3
                engine: { maxParalel: 2, grace: soon, maxMessages: 0 }
                tools: [ shell ]
                """);
        Outcome outcome = Outcome.of("run", greeting.toString(), "--config", bad.toString());
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "bad.yaml:1:1",
                        "did you mean \"store\"?",
                        "did you mean \"maxParallel\"?",
                        "write a duration",
                        "write true or false",
                        "write a whole number");
        Path worse = Files.writeString(folder.resolve("worse.yaml"), """
                store: [ 5 ]
                engine: { maxParallel: 99999999999999999999, inlineLimit: 99999999999999999999MiB }
                """);
        assertThat(Outcome.of("run", greeting.toString(), "--config", worse.toString())
                        .err())
                .contains("worse.yaml:1:", "write a text", "worse.yaml:2:");
        Path unknown = Files.writeString(folder.resolve("unknown.yaml"), "tools: { shel: {} }\n");
        assertThat(Outcome.of("tools", "--config", unknown.toString()).err()).contains("CONFIGURATION_INVALID");
        assertThat(Outcome.of("tools", "--config", folder.resolve("none").toString())
                        .err())
                .contains("FILE_UNREADABLE");
    }

    @Test
    void what_plans_share_is_configuration() throws IOException {
        Path bad = Files.writeString(folder.resolve("shared.yaml"), """
                strategy: FIF0
                tenants: { a: 0, b: much, c: 2 }
                groups: { llm: { max_concurrent: 3 } }
                pools: { cpu: { capacity: 1.0001 } }
                """);

        assertThat(Outcome.of("validate", greeting.toString(), "--config", bad.toString())
                        .err())
                .contains(
                        "shared.yaml:1:1",
                        "did you mean \"FIFO\"?",
                        "shared.yaml:2:12",
                        "shared.yaml:2:18",
                        "write a weight from 1 to 1,000",
                        "shared.yaml:3:18",
                        "did you mean \"maxConcurrent\"?",
                        "shared.yaml:4:27",
                        "1.0001 has more than 3 decimals");
    }

    @Test
    void limits_of_plans_are_configuration() throws IOException {
        Path plan = Files.writeString(folder.resolve("list.yaml"), """
                name: list
                steps:
                  - id: s
                    tasks: [ { id: a, tool: value, with: { value: "${lists.range(100).map(i, i * i).sum()}" } } ]
                """);
        Path config = folder.resolve("limits.yaml");
        for (String limit : List.of(
                "yamlBytes: 100",
                "yamlDepth: 5",
                "values: 5",
                "maxTasks: 1",
                "maxExpressionLength: 20",
                "maxExpressionTokens: 9",
                "maxExpressionCost: 99")) {
            Files.writeString(config, "limits: { %s }\n".formatted(limit));
            Path limited = limit.startsWith("maxTasks") ? pair() : plan;
            Outcome outcome = stored("run", limited.toString(), "--config", config.toString());
            assertThat(outcome.exitCode()).as(limit).isNotZero();
            assertThat(outcome.err()).as(limit).containsAnyOf("LIMIT_EXCEEDED", "does more than its limit");
        }
        assertThat(stored("run", plan.toString()).exitCode()).isZero();
        Files.writeString(config, "limits: { jsonDepth: 129, maxItems: 0, maxTask: 1 }\n");
        assertThat(stored("validate", plan.toString(), "--config", config.toString())
                        .err())
                .contains("limits.jsonDepth", "write at most 128", "limits.maxItems", "did you mean \"maxTasks\"?");
    }

    private Path pair() throws IOException {
        return Files.writeString(folder.resolve("pair.yaml"), """
                name: pair
                steps:
                  - id: s
                    tasks: [ { id: a, tool: value }, { id: b, tool: value } ]
                """);
    }

    @Test
    void usage_errors_end_with_2() {
        assertThat(stored("run", greeting.toString(), "--parallel", "0").exitCode())
                .isEqualTo(2);
        assertThat(stored("run", greeting.toString(), "--report", "x.html").err())
                .contains("NOT_BUILT");
        assertThat(stored("run").exitCode()).isEqualTo(2);
        assertThat(stored("run", greeting.toString(), "--jsn").err()).contains("--json");
        assertThat(stored("resume").exitCode()).isEqualTo(2);
        assertThat(Outcome.of("list", "--store", "nowhere:x").err()).contains("STORE_UNKNOWN");
        assertThat(stored("list").err()).contains("STORE_NOT_FOUND");
        assertThat(stored("run", greeting.toString(), "--strategy", "LIFO").err())
                .contains("STRATEGY_UNKNOWN", "ADAPTIVE");
        stored("run", greeting.toString(), "--id", "e");
        assertThat(stored("resume", "--all").err()).contains("nothing is unfinished");
        assertThat(stored("resume", "e").exitCode()).isZero();
        assertThat(stored("cancel", "e").err()).contains("EXECUTION_ENDED");
    }

    private Outcome stored(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--store");
        all.add(store);
        return Outcome.of(all.toArray(String[]::new));
    }

    private static List<String> keys(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).toList();
    }
}
