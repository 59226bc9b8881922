package dev.ropewalk.value;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static dev.ropewalk.plan.Values.text;
import static dev.ropewalk.value.JsonTest.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow.VariableType;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EvaluationTest {

    private static final ValueLimits LIMITS = new ValueLimits(64, 100_000, 2_000, 100);

    private final Store store = Stores.memory();
    private final ValueReader reader = new ValueReader(store, LIMITS);
    private final ValueWriter writer = new ValueWriter(store, LIMITS);
    private final Secrets secrets = new Secrets(SecretSource.ofEnvironment(Map.of("ROPEWALK_SECRET_KEY", "k-1234567")));
    private final Evaluation evaluation =
            new Evaluation(Optional.of(new PathLanguage()), reader, writer, secrets, LIMITS);

    private Object argument(Folded run, String path) throws ExpressionException {
        return evaluation.arguments(run.inputs(path)).values().get("x");
    }

    private static PlanBuilder plan() {
        return ExecutionPlan.named("test");
    }

    // ---- arguments

    @Test
    void arguments_are_put_together_from_what_was_written_and_recorded() throws ExpressionException {
        Folded run = new Folded(plan().variable("v", VariableType.ANY, List.of(1, "two"))
                        .task("a", t -> t.tool("noop"))
                        .task(
                                "b",
                                t -> t.tool("noop")
                                        .with("literal", Map.of("k", 1.5))
                                        .with("expression", expression("tasks.a.result.n"))
                                        .with("reference", resultOf("a"))
                                        .with(
                                                "text",
                                                text(
                                                        "n=",
                                                        expression("tasks.a.result.n"),
                                                        ", v=",
                                                        expression("vars.v")))
                                        .with("list", List.of(1, expression("tasks.a.status")))
                                        .with("map", Map.of("inner", expression("execution.id")))))
                .done("a", "{\"n\":7,\"m\":null}");

        Evaluation.Arguments arguments = evaluation.arguments(run.inputs("b"));

        assertThat(arguments.values())
                .isEqualTo(map(
                        "literal",
                        map("k", 1.5),
                        "expression",
                        7L,
                        "reference",
                        map("n", 7L, "m", null),
                        "text",
                        "n=7, v=[1,\"two\"]",
                        "list",
                        List.of(1L, "COMPLETED"),
                        "map",
                        map("inner", "run-1")));
        assertThat(arguments.digest()).isEqualTo(Json.digest(arguments.values()));
        assertThatThrownBy(() -> arguments.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void arguments_without_expressions_are_read_once() throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").with("x", List.of(1, "two"))));

        Evaluation.Arguments first = evaluation.arguments(run.inputs("a"));

        assertThat(first.values()).isEqualTo(Map.of("x", List.of(1L, "two")));
        assertThat(first.digest()).isEqualTo(Json.digest(first.values()));
        assertThat(evaluation.arguments(run.inputs("a"))).isSameAs(first);
    }

    @Test
    void neither_large_nor_many_constant_arguments_stay_in_memory() throws ExpressionException {
        Folded large = new Folded(plan().task("a", t -> t.tool("noop").with("x", "y".repeat(5_000))));
        assertThat(evaluation.arguments(large.inputs("a"))).isNotSameAs(evaluation.arguments(large.inputs("a")));

        PlanBuilder plan = plan();
        for (int i = 0; i < 1_001; i++) {
            int at = i;
            plan.task("t" + i, t -> t.tool("noop").with("x", at));
        }
        Folded many = new Folded(plan);
        Evaluation.Arguments first = evaluation.arguments(many.inputs("t0"));
        for (int i = 1; i < 1_001; i++) {
            assertThat(argument(many, "t" + i)).isEqualTo((long) i);
        }
        assertThat(evaluation.arguments(many.inputs("t0"))).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void a_task_without_arguments_has_no_digest() throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with(Map.of())))
                .done("a", "1");
        assertThat(evaluation.arguments(run.inputs("a"))).isEqualTo(new Evaluation.Arguments(Map.of(), ""));
        assertThat(evaluation.arguments(run.inputs("b")).digest()).isEmpty();
    }

    @Test
    void literals_and_results_need_no_expression_language() throws ExpressionException {
        Evaluation bare = new Evaluation(Optional.empty(), reader, writer, secrets, LIMITS);
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task(
                                "b",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(resultOf("a"), text("<", resultOf("a"), ">"), Map.of("k", 1))))
                        .task("c", t -> t.tool("noop").with("x", expression("tasks.a.result"))))
                .done("a", "\"r\"");
        assertThat(bare.arguments(run.inputs("b")).values()).isEqualTo(map("x", List.of("r", "<r>", map("k", 1L))));
        assertThatThrownBy(() -> bare.arguments(run.inputs("c")))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("${tasks.a.result}")
                .hasMessageContaining("add dev.ropewalk:ropewalk-formats to the class path");
    }

    @Test
    void values_are_never_looked_through_for_expressions() throws ExpressionException {
        String hostile = "${secrets.KEY} ${tasks.a.result}";
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", List.of(hostile, resultOf("a"), text(resultOf("a"))))))
                .done("a", new StoredValue.Inline(Payload.of(Json.write(hostile), Payload.JSON)));
        assertThat(argument(run, "b")).isEqualTo(List.of(hostile, hostile, hostile));
    }

    @ParameterizedTest
    @CsvSource({
        "\"text\", text",
        "null, ''",
        "true, true",
        "12345678901234567890, 12345678901234567890",
        "1.0, 1.0",
        "0.1, 0.1",
        "1e10, 10000000000",
        "1e-7, 0.0000001",
        "1.5e300, 1.5E300",
        "1.25e-300, 1.25E-300",
        "'[1,\"a\"]', '[1,\"a\"]'",
        "'{\"a\":null}', '{\"a\":null}'"
    })
    void in_a_text_values_stand_as_people_expect(String json, String shown) throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", text("<", resultOf("a"), ">"))))
                .done("a", json);
        assertThat(argument(run, "b")).isEqualTo("<" + shown + ">");
    }

    @Test
    void a_text_that_grows_too_long_is_refused() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", text(resultOf("a"), resultOf("a")))))
                .done("a", "\"" + "x".repeat(60) + "\"");
        assertThatThrownBy(() -> argument(run, "b"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("longer than 100 characters; hand over the value by itself");
    }

    @Test
    void a_value_that_is_too_large_to_read_is_refused_with_a_remedy() throws IOException {
        StoredValue large = writer.write("run-1", "x".repeat(3_000), "result");
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", resultOf("a"))))
                .done("a", large);
        assertThatThrownBy(() -> argument(run, "b"))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(
                        "the result of task a cannot be read: it has 3002 bytes and at most 2000 are read at once; let the"
                                + " task return less, or write to a file and return its path");
    }

    @Test
    void what_an_expression_gets_wrong_is_said() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", expression("vars.none")))
                        .task("c", t -> t.tool("noop").with("x", expression("item")))
                        .task("d", t -> t.tool("noop").with("x", expression("index")))
                        .task("e", t -> t.tool("noop").with("x", expression("bug")))
                        .task("f", t -> t.tool("noop").with("x", expression("object")))
                        .task("g", t -> t.tool("noop").with("x", text(expression("object"))))
                        .task("h", t -> t.tool("noop").with("x", expression("secrets.a-b"))))
                .done("a", "1");
        assertFails(run, "b", "there is no variable none");
        assertFails(run, "c", "item and index exist only inside a forEach");
        assertFails(run, "d", "item and index exist only inside a forEach");
        assertFails(run, "e", "the expression language failed: java.lang.IllegalStateException: a bug");
        assertFails(run, "f", "arguments.x: java.lang.Object is not a JSON value");
        assertFails(run, "g", "java.lang.Object is not a JSON value");
        assertFails(run, "h", "a secret cannot be named \"a-b\"");
    }

    private void assertFails(Folded run, String path, String message) {
        assertThatThrownBy(() -> argument(run, path))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void arguments_that_are_no_map_are_refused() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", 1)))
                .done("a", "[1]");
        TaskInputs inputs = run.inputs("b");
        for (String source : List.of("[1, 2]", "null", "'s'", "true == true", "1")) {
            assertThatThrownBy(() -> evaluation.arguments(Inputs.withArguments(inputs, expression(source))))
                    .isInstanceOf(ExpressionException.class)
                    .hasMessageContaining("the arguments of a tool are a map, not ");
        }
    }

    // ---- what names stand for

    @Test
    void every_recorded_value_reads_as_it_was_recorded() throws ExpressionException, IOException {
        for (long seed = 0; seed < 200; seed++) {
            Object value = new RandomValues(seed).next();
            StoredValue stored = writer.write("run-1", value, "result");
            Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                            .task("b", t -> t.tool("noop").with("x", expression("tasks.a.result"))))
                    .done("a", stored);
            assertThat(argument(run, "b")).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void a_skipped_task_is_null_and_says_so() throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").when(expression("false")))
                        .task(
                                "b",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(expression("tasks.a.status"), text("<", resultOf("a"), ">")))))
                .skipped("a");
        assertThat(argument(run, "b")).isEqualTo(List.of("SKIPPED", "<>"));
    }

    @Test
    void a_tolerated_failure_is_null_and_a_fallback_stands_in() throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").skipOnFailure())
                        .task("b", t -> t.tool("noop").fallback("c"))
                        .task("c", t -> t.tool("noop").fallback("d"))
                        .task("d", t -> t.tool("noop"))
                        .task(
                                "e",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(
                                                        expression("tasks.a.result"),
                                                        expression("tasks.b.result"),
                                                        expression("tasks.b.status"),
                                                        expression("tasks.c.status")))))
                .failed("a")
                .failed("b")
                .failed("c")
                .done("d", "\"instead\"");
        assertThat(argument(run, "e")).isEqualTo(Arrays.asList(null, "instead", "FAILED", "FAILED"));
    }

    @Test
    void a_fallback_that_was_not_needed_is_null() throws ExpressionException {
        Folded run = new Folded(plan().task("b", t -> t.tool("noop").fallback("c"))
                        .task("c", t -> t.tool("noop"))
                        .task(
                                "e",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(expression("tasks.b.result"), expression("tasks.c.result")))))
                .done("b", "1");
        assertThat(argument(run, "e")).isEqualTo(Arrays.asList(1L, null));
    }

    @Test
    void ids_with_hyphens_and_names_that_only_look_alike_are_told_apart() throws ExpressionException {
        Folded run = new Folded(plan().task("a-b", t -> t.tool("noop"))
                        .task("a", t -> t.tool("noop"))
                        .task(
                                "c",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(
                                                        expression("tasks[\"a-b\"].result"),
                                                        expression("tasks.a.result")))))
                .done("a-b", "1")
                .done("a", "2");
        assertThat(argument(run, "c")).isEqualTo(List.of(1L, 2L));
        assertThat(PlanReferences.of(run.plan).ofTask(2)).containsExactly(0, 1);
    }

    @Test
    void tasks_that_have_not_ended_or_do_not_exist_are_an_error_and_not_null() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                .task("b", t -> t.tool("noop").with("x", expression("tasks.a.result"))));
        assertFails(run, "b", "task a has not ended yet");
        TaskInputs inputs = run.inputs("b");
        assertThatThrownBy(() -> evaluation.arguments(Inputs.withArguments(inputs, resultOf("none"))))
                .hasMessageContaining("there is no task none");
        assertThatThrownBy(() -> evaluation.arguments(Inputs.withArguments(inputs, resultOf("b"))))
                .hasMessageContaining("task b is not named in the text of the expression");
    }

    @Test
    void a_failed_task_whose_fallback_still_runs_has_not_ended() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").fallback("b"))
                        .task("b", t -> t.tool("noop"))
                        .task("c", t -> t.tool("noop").with("x", resultOf("a"))))
                .failed("a");
        assertFails(run, "c", "task a has not ended yet");
    }

    @Test
    void facts_of_the_execution_are_those_recorded() throws ExpressionException {
        Folded run = new Folded(plan().version("1.2")
                .task(
                        "a",
                        t -> t.tool("noop")
                                .with(
                                        "x",
                                        List.of(
                                                expression("execution.id"),
                                                expression("execution.name"),
                                                expression("execution.version"),
                                                expression("execution.startedAt")))));
        assertThat(argument(run, "a")).isEqualTo(List.of("run-1", "test", "1.2", "2023-11-14T22:13:20.123456Z"));
    }

    // ---- forEach

    @Test
    void each_item_sees_itself_and_its_place() throws ExpressionException {
        Folded run = new Folded(plan().task(
                        "a",
                        t -> t.tool("noop")
                                .forEach(List.of(1))
                                .with("x", List.of(expression("item"), expression("index")))));
        String items = " [ {\"k\":\"a,]\\\"\"} , [1,[2]],\"]\", -1.5e3 ,null,true , {} ] ";
        run.expanded("a", 7, items);
        List<?> expected = (List<?>) Json.read(items);
        for (int i = 0; i < 7; i++) {
            assertThat(argument(run, "a[" + i + "]")).isEqualTo(Arrays.asList(expected.get(i), (long) i));
        }
    }

    @Test
    void items_kept_out_of_line_are_read_too() throws ExpressionException, IOException {
        List<Object> list =
                IntStream.range(0, 100).mapToObj(i -> (Object) ("item " + i)).toList();
        StoredValue stored = writer.write("run-1", list, "items");
        assertThat(stored).isInstanceOf(StoredValue.External.class);
        Folded run = new Folded(
                        plan().task("a", t -> t.tool("noop").forEach(list).with("x", expression("item"))))
                .expanded("a", 100, stored);
        assertThat(argument(run, "a[99]")).isEqualTo("item 99");
        assertThat(argument(run, "a[0]")).isEqualTo("item 0");
    }

    @Test
    void the_result_of_a_for_each_is_the_list_of_its_items() throws ExpressionException {
        Folded run = new Folded(plan().task(
                                "a", t -> t.tool("noop").forEach(List.of(1, 2)).skipOnFailure())
                        .task(
                                "b",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(expression("tasks.a.result"), expression("tasks.a.status")))))
                .expanded("a", 2, "[1,2]")
                .done("a[1]", "\"second\"")
                .done("a[0]", "{\"n\":1}");
        assertThat(argument(run, "b")).isEqualTo(List.of(List.of(map("n", 1L), "second"), "COMPLETED"));
    }

    @Test
    void a_for_each_without_items_has_an_empty_list() throws ExpressionException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").forEach(List.of()))
                        .task("b", t -> t.tool("noop").with("x", expression("tasks.a.result"))))
                .expanded("a", 0, "[]");
        assertThat(argument(run, "b")).isEqualTo(List.of());
    }

    @Test
    void a_for_each_that_was_skipped_is_null_and_one_that_failed_has_its_stand_in() throws ExpressionException {
        Folded run = new Folded(plan().task(
                                "a", t -> t.tool("noop").forEach(List.of(1)).when(expression("false")))
                        .task("f", t -> t.tool("noop").forEach(List.of(1)).fallback("g"))
                        .task("g", t -> t.tool("noop"))
                        .task(
                                "b",
                                t -> t.tool("noop")
                                        .with(
                                                "x",
                                                List.of(expression("tasks.a.result"), expression("tasks.f.result")))))
                .skipped("a")
                .expanded("f", 2, "[1,2]")
                .failed("f[0]")
                .done("f[1]", "1")
                .done("g", "\"instead\"");
        assertThat(argument(run, "b")).isEqualTo(Arrays.asList(null, "instead"));
    }

    private static PlanBuilder eachStep() {
        return plan().step(
                        "each",
                        s -> s.forEach(List.of(1, 2))
                                .task("p", t -> t.tool("noop").with("x", expression("item")))
                                .task(
                                        "q",
                                        t -> t.tool("noop")
                                                .with("x", List.of(expression("tasks.p.result"), expression("item")))
                                                .when(expression("true"))))
                .step(
                        "after",
                        s -> s.after("each")
                                .task(
                                        "r",
                                        t -> t.tool("noop")
                                                .with(
                                                        "x",
                                                        List.of(
                                                                expression("tasks.p.result"),
                                                                expression("tasks.q.result"),
                                                                expression("tasks.q.status"),
                                                                expression("tasks.each.result")))));
    }

    @Test
    void inside_an_item_a_task_sees_its_own_sibling_and_outside_the_list_of_them() throws ExpressionException {
        Folded run = new Folded(eachStep())
                .expanded("each", 2, "[\"x\",\"y\"]")
                .done("each[1]/p", "\"p1\"")
                .done("each[0]/p", "\"p0\"");
        assertThat(argument(run, "each[0]/q")).isEqualTo(List.of("p0", "x"));
        assertThat(argument(run, "each[1]/q")).isEqualTo(List.of("p1", "y"));
        run.skipped("each[0]/q").holds("each[1]/q").done("each[1]/q", "\"q1\"");
        Map<String, Object> first = map("p", "p0", "q", null);
        assertThat(argument(run, "r"))
                .isEqualTo(List.of(
                        List.of("p0", "p1"),
                        Arrays.asList(null, "q1"),
                        "COMPLETED",
                        List.of(first, map("p", "p1", "q", "q1"))));
    }

    @Test
    void the_list_of_a_skipped_step_is_null() throws ExpressionException {
        Folded run = new Folded(plan().step(
                                "each",
                                s -> s.forEach(expression("bug"))
                                        .onError(OnError.CONTINUE)
                                        .task("p", t -> t.tool("noop")))
                        .step("other", s -> s.task("r", t -> t.tool("noop").with("x", expression("tasks.p.status")))))
                .evaluationFailed("each");
        assertThat(argument(run, "r")).isEqualTo("FAILED");
        assertThat(reader.read(run.collector.recorded(run.state, run.task("each[*]/p"))))
                .isNull();
    }

    @Test
    void results_of_items_are_put_together_once_however_many_read_them() {
        Folded run = new Folded(eachStep())
                .expanded("each", 1, "[1]")
                .done("each[0]/p", "1")
                .holds("each[0]/q")
                .done("each[0]/q", "2");
        Recorded.Several one = (Recorded.Several) run.inputs("r").recorded(run.task("each"));
        Recorded.Several two = (Recorded.Several) run.inputs("r").recorded(run.task("each[*]/p"));
        assertThat(one.items()).isSameAs(two.items());
        assertThat(run.collector.recorded(run.state, run.task("each[0]/p"))).isInstanceOf(Recorded.Single.class);
        assertThat(run.collector.recorded(run.state, run.task("each"))).isEqualTo(one);
    }

    // ---- conditions, items

    @Test
    void a_condition_holds_or_does_not_or_is_an_error() throws ExpressionException {
        Folded run = new Folded(plan().variable("n", VariableType.INTEGER, 3)
                .task("a", t -> t.tool("noop").when(expression("vars.n == 3")))
                .task("b", t -> t.tool("noop").when(expression("vars.n == 4")))
                .task("c", t -> t.tool("noop").when(expression("vars.n")))
                .task("d", t -> t.tool("noop"))
                .task("e", t -> t.tool("noop").when(expression("secrets.KEY == 'x'")))
                .task("f", t -> t.tool("noop").when(expression("object"))));
        assertThat(evaluation.condition(run.inputs("a"))).isTrue();
        assertThat(evaluation.condition(run.inputs("b"))).isFalse();
        assertThat(evaluation.condition(run.inputs("d"))).isTrue();
        assertThatThrownBy(() -> evaluation.condition(run.inputs("c")))
                .hasMessage("the condition gives a number, not true or false: ${vars.n}");
        assertThatThrownBy(() -> evaluation.condition(run.inputs("e")))
                .hasMessageContaining("use secrets in the arguments of a tool (with) alone");
        assertThatThrownBy(() -> evaluation.condition(run.inputs("f"))).hasMessageContaining("a java.lang.Object");
    }

    @Test
    void items_are_a_list_within_the_limit() throws ExpressionException, IOException {
        Folded run = new Folded(plan().variable("list", VariableType.LIST, List.of(1, "b"))
                .task("a", t -> t.tool("noop").forEach(expression("vars.list")).maxItems(2))
                .task("b", t -> t.tool("noop").forEach(expression("vars.list")).maxItems(1))
                .task("c", t -> t.tool("noop").forEach(expression("'text'")))
                .task("d", t -> t.tool("noop").forEach(expression("[object]"))));
        Evaluation.Items items = evaluation.items(run.inputs("a"));
        assertThat(items.count()).isEqualTo(2);
        assertThat(reader.read(items.list())).isEqualTo(List.of(1L, "b"));
        assertThatThrownBy(() -> evaluation.items(run.inputs("b")))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("forEach got 2 items, more than maxItems allows, 1");
        assertThatThrownBy(() -> evaluation.items(run.inputs("c"))).hasMessage("forEach needs a list and got a string");
        assertThatThrownBy(() -> evaluation.items(run.inputs("d")))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("items[0]: java.lang.Object is not a JSON value");
    }

    // ---- sub-plans

    @Test
    void variables_of_a_sub_plan_are_evaluated_around_it_and_once() throws ExpressionException, IOException {
        PlanBuilder inner = ExecutionPlan.named("inner")
                .variable("deep", VariableType.ANY)
                .variable("token", VariableType.ANY, "none")
                .task("fetch", t -> t.tool("noop").with("x", List.of(expression("vars.deep"), expression("vars.deep"))))
                .result(List.of(expression("tasks.fetch.result"), expression("vars.deep")));
        PlanBuilder middle = ExecutionPlan.named("middle")
                .variable("given", VariableType.ANY)
                .task("fetch", t -> t.tool("noop"))
                .task(
                        "sub",
                        t -> t.plan(inner.workflow())
                                .with("deep", List.of(expression("vars.given"), expression("tasks.fetch.result"))))
                .result(expression("tasks.sub.result"));
        Folded run = new Folded(plan().variable("top", VariableType.ANY, "T")
                .task("fetch", t -> t.tool("noop"))
                .task(
                        "outer",
                        t -> t.plan(middle.workflow())
                                .with("given", text(expression("vars.top"), "/", expression("tasks.fetch.result"))))
                .result(resultOf("outer")));
        run.done("fetch", "\"outermost\"")
                .done("outer/$start", "null")
                .done("outer/fetch", "\"middle\"")
                .done("outer/sub/$start", "null");
        List<Object> deep = List.of("T/outermost", "middle");

        List<?> seen = (List<?>) argument(run, "outer/sub/fetch");

        assertThat(seen).isEqualTo(List.of(deep, deep));
        assertThat(seen.get(0)).as("remembered, not evaluated twice").isSameAs(seen.get(1));
        run.done("outer/sub/fetch", "\"inner\"");
        StoredValue sub = evaluation.value(run.inputs("outer/sub"));
        assertThat(reader.read(sub)).isEqualTo(List.of("inner", deep));
        run.done("outer/sub", sub);
        StoredValue outer = evaluation.value(run.inputs("outer"));
        run.done("outer", outer);
        assertThat(evaluation.result(run.resultInputs())).as("not stored again").isSameAs(outer);
    }

    // ---- results

    @Test
    void the_result_of_the_plan_is_evaluated_in_the_outermost_scope() throws ExpressionException, IOException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .result(Map.of("all", expression("tasks.a.result"), "id", expression("execution.id"))))
                .done("a", "[1]");
        StoredValue result = evaluation.result(run.resultInputs());
        assertThat(reader.read(result)).isEqualTo(map("all", List.of(1L), "id", "run-1"));
        assertThatThrownBy(() -> run.resultInputs().task()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_result_that_is_a_task_s_is_handed_on_however_large() throws ExpressionException, IOException {
        StoredValue large = writer.write("run-1", "x".repeat(50_000), "result");
        Folded run = new Folded(plan().task("a", t -> t.tool("noop")).result(resultOf("a"))).done("a", large);
        assertThat(evaluation.result(run.resultInputs())).isSameAs(large);
    }

    @Test
    void a_result_that_is_a_list_of_items_is_copied_together_however_large() throws ExpressionException, IOException {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop").forEach(List.of(1)))
                        .result(resultOf("a")))
                .expanded("a", 20, "[" + "1,".repeat(19) + "1]");
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String value = i + "x".repeat(1_500);
            expected.add(value);
            run.done("a[" + i + "]", writer.write("run-1", value, "result"));
        }
        StoredValue result = evaluation.result(run.resultInputs());
        assertThat(Json.read(Stores.bytes(store, result))).isEqualTo(expected);
        Recorded several = run.collector.recorded(run.state, run.task("a"));
        assertThatThrownBy(() -> reader.read(several))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("at most 2000 are read at once");
    }

    @Test
    void a_step_s_items_are_copied_together_as_maps() throws ExpressionException, IOException {
        Folded run = new Folded(eachStep().result(resultOf("each")))
                .expanded("each", 2, "[1,2]")
                .done("each[0]/p", "1")
                .done("each[1]/p", "2")
                .skipped("each[0]/q")
                .holds("each[1]/q")
                .done("each[1]/q", "[]")
                .done("r", "0");
        StoredValue result = evaluation.result(run.resultInputs());
        assertThat(new String(Stores.bytes(store, result), StandardCharsets.UTF_8))
                .isEqualTo("[{\"p\":1,\"q\":null},{\"p\":2,\"q\":[]}]");
        Recorded ofP = run.inputs("r").recorded(run.task("each[*]/p"));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        reader.copyTo(ofP, copy);
        assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo("[1,2]");
    }

    @Test
    void a_result_beyond_the_limit_is_refused() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .result(IntStream.range(0, 60)
                                .mapToObj(_ -> expression("tasks.a.result"))
                                .collect(Collectors.toList())))
                .done("a", "\"" + "x".repeat(1_800) + "\"");
        assertThatThrownBy(() -> evaluation.result(run.resultInputs()))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("result: it has more than 100000 bytes as JSON");
    }

    @Test
    void values_that_many_read_are_parsed_once_and_the_oldest_forgotten() {
        ValueReader roomy = new ValueReader(store, ValueLimits.DEFAULT);
        List<StoredValue> values = IntStream.range(0, 10)
                .mapToObj(i -> (StoredValue)
                        new StoredValue.Inline(Payload.of(Json.write(i + "x".repeat(400_000)), Payload.JSON)))
                .toList();
        Object first = roomy.read(values.get(0));
        assertThat(roomy.read(values.get(0))).isSameAs(first);
        values.forEach(roomy::read);
        assertThat(roomy.read(values.get(9))).isSameAs(roomy.read(values.get(9)));
        assertThat(roomy.read(values.get(0))).isEqualTo(first).isNotSameAs(first);
        assertThat(roomy.read(new Recorded.Unfinished(TaskStatus.RUNNING))).isNull();
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new ValueLimits(10, 5, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inline 10, result 5");
    }

    @Test
    void results_of_items_cannot_be_read_without_the_items() {
        StoredValue collected = new StoredValue.Collected();
        assertThatThrownBy(() -> reader.read(collected)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.copyTo(collected, OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_has_not_ended_is_copied_as_null() throws IOException, ExpressionException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        reader.copyTo(new Recorded.Unfinished(TaskStatus.RUNNING), copy);
        assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo("null");
    }

    @Test
    void a_literal_of_the_plan_that_is_damaged_is_said_to_be() {
        TaskInputs inputs = new Folded(plan().task("a", t -> t.tool("noop").with("x", 1))).inputs("a");
        Template damaged = new Template.Literal(Payload.json("{"));
        assertThatThrownBy(() -> evaluation.arguments(Inputs.withArguments(inputs, damaged)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("a value of the plan cannot be read");
        Template empty = new Template.Mapping(List.of());
        assertThatCode(() -> assertThat(evaluation
                                .arguments(Inputs.withArguments(inputs, empty))
                                .digest())
                        .isEmpty())
                .doesNotThrowAnyException();
    }

    @Test
    void a_list_of_items_that_is_no_list_is_an_error_and_not_a_crash() {
        Folded run = new Folded(
                        plan().task("a", t -> t.tool("noop").forEach(List.of(1)).with("x", expression("item"))))
                .expanded("a", 1, "{}");
        assertThatThrownBy(() -> argument(run, "a[0]"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("item 0 cannot be read: not JSON at byte")
                .hasMessageContaining("this is not a list");
    }

    @Test
    void a_step_that_runs_again_has_new_items_and_new_results() throws ExpressionException {
        Folded run = new Folded(plan().step(
                        "each",
                        s -> s.forEach(List.of(1))
                                .onError(OnError.RETRY)
                                .maxRetries(1)
                                .task("p", t -> t.tool("noop").with("x", expression("item"))))
                .step(
                        "after",
                        s -> s.after("each").task("r", t -> t.tool("noop").with("x", expression("tasks.p.result")))));
        run.expanded("each", 2, "[1,2]").done("each[0]/p", "\"old\"").failed("each[1]/p");
        run.expanded("each", 1, "[\"new item\"]");
        int last = run.state.taskCount() - 1;
        assertThat(evaluation.arguments(run.collector.ofTask(run.state, last)).values())
                .isEqualTo(map("x", "new item"));
        run.done(last, new StoredValue.Inline(Payload.json("\"new\"")));
        assertThat(argument(run, "r")).isEqualTo(List.of("new"));
    }

    // ---- damage

    @Test
    void a_blob_that_is_gone_is_the_store_s_failure_even_if_the_language_takes_it_for_its_own() {
        byte[] sha256 = new byte[32];
        StoredValue gone = new StoredValue.External("run-1", "b77", 100, sha256, Payload.JSON, "identity");
        Folded run = new Folded(plan().variable("x", VariableType.ANY, 1)
                        .task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop").with("x", expression("tasks.a.result")))
                        .task("c", t -> t.tool("noop").with("x", expression("wrap.a"))))
                .done("a", gone);
        assertThatThrownBy(() -> argument(run, "b"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
        assertThatThrownBy(() -> argument(run, "c")).isInstanceOf(StoreException.class);
    }

    @Test
    void a_value_that_is_not_json_is_said_to_be_none() {
        Folded run = new Folded(plan().task("a", t -> t.tool("noop"))
                        .task("b", t -> t.tool("noop"))
                        .task("c", t -> t.tool("noop").with("x", expression("tasks.a.result")))
                        .task("d", t -> t.tool("noop").with("x", expression("tasks.b.result"))))
                .done("a", new StoredValue.Inline(Payload.of(new byte[1], "image/png")))
                .done("b", new StoredValue.External("run-1", "b1", 10, new byte[32], Payload.JSON, "gzip"));
        assertFails(run, "c", "it is image/png, not JSON");
        assertFails(run, "d", "encoded as gzip");
    }
}
