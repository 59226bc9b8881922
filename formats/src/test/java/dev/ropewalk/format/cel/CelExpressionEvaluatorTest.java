package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.value.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CelExpressionEvaluatorTest {

    private final ExpressionEvaluator evaluator = new CelExpressionEvaluator();

    static Stream<Arguments> values() throws IOException, URISyntaxException {
        Path file = Path.of(
                CelExpressionEvaluatorTest.class.getResource("/cel/values.txt").toURI());
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> {
                    boolean fails = line.contains(" =! ");
                    String[] parts = line.split(fails ? " =! " : " => ", 2);
                    return Arguments.of(parts[0].strip(), fails, parts[1].strip());
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void an_expression_gives_its_value_or_says_why_not(String source, boolean fails, String expected)
            throws ExpressionException {
        if (expected.equals("no value")) {
            // Refused by the types alone; evaluated all the same it would have a value.
            return;
        }
        if (fails) {
            assertThatThrownBy(() -> evaluator.evaluate(source, bindings()))
                    .isInstanceOf(ExpressionException.class)
                    .hasMessageContaining(expected);
        } else {
            Object value = evaluator.evaluate(source, bindings());
            assertThat(new String(Json.write(value), StandardCharsets.UTF_8)).isEqualTo(expected);
        }
    }

    static GivenBindings bindings() {
        return new GivenBindings()
                .json("path", "\"/x\"")
                .json("n", "5")
                .json("ratio", "2.5")
                .json("list", "[1,2,3]")
                .json("names", "[\"b\",\"a\",\"c\"]")
                .json("nested", "{\"a\":{\"b\":[10,20]},\"a b\":1}")
                .json("nothing", "null")
                .json("big", "123456789012345678901234567890")
                .variable("exact", new BigDecimal("0.12345678901234567890123"))
                .json("a-b", "\"dash\"")
                .result("fetch", "{\"stdout\":\"a\\nb\\n\\nc\",\"exitCode\":0}")
                .result("skipped", "null")
                .result("a-b", "[1]");
    }

    @Test
    void only_what_is_referred_to_is_asked_for() throws ExpressionException {
        GivenBindings bindings = bindings();

        evaluator.evaluate("vars.n > 3 ? vars.path : tasks.fetch.result.stdout", bindings);

        assertThat(bindings.asked).containsExactlyInAnyOrder("vars.n", "vars.path");
    }

    @Test
    void a_reference_gives_the_very_object_it_refers_to() throws ExpressionException {
        Map<String, Object> given = Map.of("a", List.of(1L));
        GivenBindings bindings = new GivenBindings().variable("x", given);

        assertThat(evaluator.evaluate("vars.x", bindings)).isSameAs(given);
        assertThat(evaluator.evaluate("vars.x.a", bindings)).isSameAs(given.get("a"));
        assertThat(evaluator.evaluate("[vars.x].filter(v, true)[0]", bindings)).isSameAs(given);
    }

    @Test
    void values_are_never_read_as_expressions() throws ExpressionException {
        GivenBindings bindings = new GivenBindings().variable("x", "${secrets.KEY} vars.y 1 + 1");

        assertThat(evaluator.evaluate("vars.x", bindings)).isEqualTo("${secrets.KEY} vars.y 1 + 1");
        assertThat(evaluator.evaluate("vars.x + \"!\"", bindings)).isEqualTo("${secrets.KEY} vars.y 1 + 1!");
        assertThat(evaluator.evaluate("[vars.x].join()", bindings)).isEqualTo("${secrets.KEY} vars.y 1 + 1");
    }

    @Test
    void messages_show_the_expression_but_no_values() {
        GivenBindings bindings = new GivenBindings().variable("x", Map.of("key", "the password"));

        assertThatThrownBy(() -> evaluator.evaluate("vars.x.ky + \"a\"", bindings))
                .hasMessage("vars.x has no \"ky\"; it has \"key\"; did you mean \"key\"? (in ${vars.x.ky + \"a\"})");
    }

    @Test
    void what_a_binding_refuses_is_refused_as_it_says() {
        assertThatThrownBy(() -> evaluator.evaluate("tasks.other.result.x || true", bindings()))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("there is no result of other");
        assertThatThrownBy(() -> evaluator.evaluate("[1].exists(x, vars.unbound) || true", bindings()))
                .hasMessage("there is no variable unbound");
    }

    @Test
    void what_is_no_expression_is_refused() {
        assertThatThrownBy(() -> evaluator.evaluate("1 +", bindings()))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("the expression ends too early");
        assertThatThrownBy(() -> evaluator.evaluate("", bindings())).hasMessageContaining("the expression is empty");
    }

    @Test
    void one_evaluator_serves_many_threads() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> tasks = IntStream.range(0, 2_000)
                    .<Callable<Object>>mapToObj(i -> () -> evaluator.evaluate(
                            "vars.list.map(x, x * %d).sum() + item".formatted(i % 1_200),
                            bindings().item((long) i)))
                    .toList();
            List<Future<Object>> sums = threads.invokeAll(tasks);
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get()).isEqualTo(6L * (i % 1_200) + i);
            }
        }
    }

    @Test
    void language_and_evaluator_are_found_as_services() {
        assertThat(ServiceLoader.load(ExpressionEvaluator.class))
                .hasAtLeastOneElementOfType(CelExpressionEvaluator.class);
        assertThat(ServiceLoader.load(ExpressionLanguage.class))
                .hasAtLeastOneElementOfType(CelExpressionLanguage.class);
    }
}
