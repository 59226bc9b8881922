package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.ExpressionLanguage.Names;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions that mean harm. None reaches Java, runs for long, fills the memory or ends a stack.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class HostileExpressionTest {

    private static final Names NAMES = new Names(Map.of(), Set.of(), true);
    private static final String TEN_MEGABYTES = "a".repeat(10_000_000);
    private static final String SPENT = "the expression does more than its limit of 2,000,000 operations";

    private final CelExpressionEvaluator evaluator = new CelExpressionEvaluator();
    private final CelExpressionLanguage language = new CelExpressionLanguage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.class.forName(\"java.lang.Runtime\")",
                "item.getClass()",
                "item.class",
                "''.getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
                "T(java.lang.Runtime).getRuntime().exec('id')",
                "new java.io.File('/')",
                "java.lang.System.exit(1)",
                "@java.lang.Runtime@getRuntime()",
                "#{1+1}",
                "${1+1}",
                "`id`",
                "import('fs')",
                "__proto__",
                "item.__proto__.constructor",
                "constructor.constructor('return process')()",
                "google.protobuf.Struct{}",
                "google.protobuf.Any{}",
                "type(1)",
                "dyn(type)",
                "1; 2",
                "x = 1",
                "() => 1",
                "cel.@block([1], 1)",
                "@not_strictly_false(1)",
                "lists.@sortByAssociatedKeys([[1, 2]])",
                "math.@max([1, 2])",
            })
    void nothing_reaches_beyond_the_language(String source) {
        assertThatThrownBy(() -> evaluator.evaluate(source, bindings())).isInstanceOf(ExpressionException.class);
    }

    static Stream<Arguments> sources_without_measure() {
        return Stream.of(
                Arguments.of("parentheses", "(".repeat(1_000_000)),
                Arguments.of("closed parentheses", "(".repeat(4_999) + "1" + ")".repeat(4_999)),
                Arguments.of("few parentheses", "(".repeat(900) + "1" + ")".repeat(900)),
                Arguments.of("lists", "[".repeat(1_900)),
                Arguments.of("maps", "{1:".repeat(600)),
                Arguments.of("negations", "!".repeat(1_900) + "true"),
                Arguments.of("minuses", "-".repeat(1_900) + "1"),
                Arguments.of("sums", "1" + "+1".repeat(900)),
                Arguments.of("choices", "true" + "?true:true".repeat(400)),
                Arguments.of("members", "item" + ".a".repeat(900)),
                Arguments.of("indexes", "item" + "[0]".repeat(600)),
                Arguments.of("calls", "item" + ".a()".repeat(450)),
                Arguments.of("macros", "[1].map(a,".repeat(200)),
                Arguments.of("chained macros", "[1]" + ".map(a, a)".repeat(200)),
                Arguments.of("quotes", "\"".repeat(9_999)),
                Arguments.of("triple quotes", "'''".repeat(3_000)),
                Arguments.of("comments", "//".repeat(5_000)),
                Arguments.of("digits", "9".repeat(9_999)),
                Arguments.of("a name", "a".repeat(9_999)),
                Arguments.of("blanks", " ".repeat(9_999)),
                Arguments.of("zero", "\0".repeat(1_000)),
                Arguments.of("surrogates", "\uD800".repeat(1_000)),
                Arguments.of("escapes", "\"" + "\\u0000".repeat(1_000) + "\""),
                Arguments.of("much text", "x".repeat(5_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources_without_measure")
    void sources_without_measure_are_answered(String name, String source) throws InterruptedException {
        AtomicReference<Throwable> escaped = new AtomicReference<>();
        // A small stack, as a carrier of many virtual threads might have.
        Thread thread = new Thread(null, () -> answer(source), "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((_, e) -> escaped.set(e));
        thread.start();
        thread.join();

        assertThat(escaped.get()).isNull();
    }

    private void answer(String source) {
        language.analyse(source, NAMES, Expected.ANY);
        try {
            evaluator.evaluate(source, bindings());
        } catch (ExpressionException e) {
            assertThat(e.getMessage()).hasSizeLessThan(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Growth of strings: sums, joins, replacements, by nesting.
                "vars.big + vars.big + vars.big + vars.big",
                "[vars.big].map(a, [a + a].map(b, [b + b].map(c, c + c)))",
                "cel.bind(a, vars.big + vars.big, cel.bind(b, a + a, cel.bind(c, b + b, c + c)))",
                "lists.range(100000).map(x, vars.big).join()",
                "lists.range(1000).map(x, \"\").join(vars.big)",
                "vars.big.replace(\"a\", vars.big)",
                "vars.big.replace(\"\", \"aaaaaaaaaa\")",
                "vars.big.split(\"\")",
                "toJson(lists.range(10000).map(x, vars.big))",
                "vars.big.upperAscii().lowerAscii().upperAscii().lowerAscii().upperAscii()",
                // Growth of lists, also where the elements are shared and cost no memory.
                "lists.range(1000000000)",
                "lists.range(9223372036854775807)",
                "lists.range(100000).map(a, lists.range(100000))",
                "lists.range(10000).map(a, lists.range(10000).map(b, a * b))",
                "lists.range(2000).map(a, lists.range(2000).filter(b, a == b))",
                "vars.doubled.map(a, [a, a])",
                "[vars.doubled, vars.doubled, vars.doubled].flatten(100)",
                "vars.doubled == vars.doubledToo",
                "vars.doubled in [vars.doubledToo]",
                "[vars.doubled, vars.doubledToo].distinct()",
                "toJson(vars.doubled)",
                "{\"a\": vars.doubled}",
                // Searches that are slow for others.
                "vars.big.matches(\"(a+)+$|b\")",
                "vars.big.matches(\"(a|aa)+b\")",
                "lists.range(100000).map(x, vars.some.matches(\"(a+)+$\"))",
                "lists.range(3000).map(x, string(x)).distinct().map(x, vars.some.contains(x + \"b\"))",
                "fromJson(vars.json)",
            })
    void what_costs_too_much_is_stopped(String source) {
        assertThatThrownBy(() -> evaluator.evaluate(source, bindings()))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(SPENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vars.big.matches(\"(a{500}){2}\")",
                "vars.big.matches(\"a{1000}{1000}\")",
                "\"x\".matches(vars.some)",
                "\"x\".matches(\"(\" + \"(a|b)\" + \"{1000}\" + \")\")",
            })
    void regular_expressions_that_are_programs_of_their_own_are_refused(String source) {
        assertThatThrownBy(() -> evaluator.evaluate(source, bindings())).isInstanceOf(ExpressionException.class);
    }

    @Test
    void a_budget_is_not_an_error_that_logic_goes_on_after() {
        for (String source : new String[] {
            "lists.range(100000).map(a, lists.range(100000)) == [] || true",
            "[1].exists(x, lists.range(100000).map(a, lists.range(100000)) == []) || true",
            "true && (false && lists.range(100000).map(a, lists.range(100000)) == [] || lists.range(100000000) == [])"
        }) {
            assertThatThrownBy(() -> evaluator.evaluate(source, bindings())).hasMessageContaining(SPENT);
        }
    }

    @Test
    void searches_in_long_strings_take_time_in_line_with_their_length() throws ExpressionException {
        GivenBindings bindings =
                bindings().variable("half", "a".repeat(5_000_000) + "b").variable("late", "a".repeat(9_000_000));

        assertThat(evaluator.evaluate("vars.big.contains(vars.half)", bindings)).isEqualTo(false);
        assertThat(evaluator.evaluate("vars.big.lastIndexOf(vars.half)", bindings))
                .isEqualTo(-1L);
        assertThat(evaluator.evaluate("vars.big.lastIndexOf(vars.late)", bindings))
                .isEqualTo(1_000_000L);
        assertThat(evaluator.evaluate("vars.big.indexOf(vars.late)", bindings)).isEqualTo(0L);
    }

    @Test
    void what_plans_do_is_far_from_the_limit() throws ExpressionException {
        GivenBindings bindings = bindings()
                .variable("lines", "some line of a log file\n".repeat(100_000))
                .json(
                        "items",
                        "[" + "{\"name\": \"n\", \"size\": 10},".repeat(99_999) + "{\"name\": \"m\", \"size\": 1}]");

        assertThat(evaluator.evaluate("vars.lines.split(\"\\n\").filter(l, l.contains(\"log\")).size()", bindings))
                .isEqualTo(100_000L);
        assertThat(evaluator.evaluate("vars.items.filter(i, i.size > 5).map(i, i.name).size()", bindings))
                .isEqualTo(99_999L);
        assertThat(evaluator.evaluate("vars.items.map(i, i.size).sum()", bindings))
                .isEqualTo(999_991L);
    }

    @Test
    void random_text_is_answered() {
        Random random = new Random(7);
        String[] words = {
            "vars", "tasks", "item", ".", "[", "]", "(", ")", "{", "}", "\"", "'", "+", "-", "*", "/", "%", "?", ":",
                    ",", "&&",
            "||", "!", "<", "==", "in", "has(", ".map(x,", "null", "1", "2.5", "1e9", "\\", "\n", "\u0000", "ü", "😀",
                    "//", "r\"", "`", "@", "$"
        };
        for (int i = 0; i < 400; i++) {
            StringBuilder source = new StringBuilder();
            for (int k = random.nextInt(12); k >= 0; k--) {
                source.append(words[random.nextInt(words.length)]);
            }
            answer(source.toString());
        }
    }

    private static GivenBindings bindings() {
        GivenBindings bindings = new GivenBindings()
                .variable("big", TEN_MEGABYTES)
                .variable("some", "a".repeat(50_000))
                .variable("json", "[" + "1,".repeat(5_000_000) + "1]")
                .variable("doubled", doubled())
                .variable("doubledToo", doubled());
        return bindings;
    }

    /// A list of two to the thirtieth elements in the memory of sixty.
    private static Object doubled() {
        Object value = java.util.List.of(1L, 2L);
        for (int i = 0; i < 30; i++) {
            value = java.util.List.of(value, value);
        }
        return value;
    }
}
