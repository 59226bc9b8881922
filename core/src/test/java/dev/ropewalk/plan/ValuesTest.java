package dev.ropewalk.plan;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.json;
import static dev.ropewalk.plan.Values.resultOf;
import static dev.ropewalk.plan.Values.template;
import static dev.ropewalk.plan.Values.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ValuesTest {

    @Test
    void java_values_are_written_as_json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", Arrays.asList(null, true, "x"));
        map.put("a", Map.of());
        map.put(
                "numbers",
                List.of(1, 2L, (short) 3, (byte) 4, 1.5, 2.5f, new BigInteger("9".repeat(20)), new BigDecimal("1E+3")));
        map.put("json", Payload.json("[1]"));

        assertThat(json(map).text())
                .isEqualTo("{\"z\":[null,true,\"x\"],\"a\":{},\"numbers\":[1,2,3,4,1.5,2.5,99999999999999999999,1E+3],"
                        + "\"json\":[1]}");
        assertThat(json(null)).isEqualTo(Payload.NULL);
    }

    @Test
    void strings_are_escaped_and_otherwise_left_alone() {
        assertThat(json("\"\\\n\r\t\b\0 ${vars.x} Straße \uD83D\uDE00").text())
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0008\\u0000 ${vars.x} Straße \uD83D\uDE00\"");
        assertThat(json("\uD83D x \uDE00 \uD83D").text()).isEqualTo("\"\\ud83d x \\ude00 \\ud83d\"");
    }

    @Test
    void a_map_without_an_order_is_sorted_by_key() {
        Map<String, Integer> unordered = new HashMap<>();
        for (int i = 999; i >= 0; i--) {
            unordered.put("k%03d".formatted(i), i);
        }

        assertThat(json(unordered)).isEqualTo(json(new TreeMap<>(unordered)));
        assertThat(json(unordered).text()).startsWith("{\"k000\":0,\"k001\":1,");
    }

    @Test
    void what_json_does_not_have_is_refused_with_its_place() {
        assertRefused(
                Path.of("x"),
                "JSON has no value of class sun.nio.fs.UnixPath; give a Map, List, String, finite number,"
                        + " Boolean or null");
        assertRefused(
                List.of(Map.of("a", Double.NaN)),
                "JSON has no NaN at [0].a; give a Map, List, String, finite number," + " Boolean or null");
        assertRefused(
                Float.NEGATIVE_INFINITY,
                "JSON has no -Infinity; give a Map, List, String, finite number, Boolean or null");
        assertRefused(
                new Point(1, 2),
                "JSON has no value of class dev.ropewalk.plan.ValuesTest$Point; give a Map, List, String, finite number,"
                        + " Boolean or null");
        assertRefused(
                Payload.of(new byte[1], "image/png"),
                "JSON has no value of class dev.ropewalk.plan.Payload; give a Map,"
                        + " List, String, finite number, Boolean or null");
        assertRefused(
                Map.of("a", Map.of(1, 2)), "the map at a has the key of class java.lang.Integer, and keys are strings");
        Map<String, Integer> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertRefused(nullKey, "the map has the key null, and keys are strings");
    }

    private record Point(int x, int y) {}

    @Test
    void a_value_that_contains_itself_is_refused() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        List<Object> other = new ArrayList<>(List.of(expression("x")));
        other.add(other);

        assertRefused(
                Map.of("list", self), "the value at list is nested deeper than 128 levels; does it contain itself?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template(other))
                .withMessageContaining("nested deeper than 128 levels");
    }

    @Test
    void a_value_without_templates_is_literal() {
        assertThat(template(Map.of("a", List.of(1)))).isEqualTo(new Template.Literal(Payload.json("{\"a\":[1]}")));
        assertThat(template("${x}")).isEqualTo(new Template.Literal(Payload.json("\"${x}\"")));
        assertThat(template(null)).isEqualTo(Template.NULL);
    }

    @Test
    void only_what_leads_to_a_template_is_taken_apart() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(resultOf("x"), Map.of("deep", 1)));
        map.put("a", 2);

        assertThat(template(map))
                .isEqualTo(new Template.Mapping(List.of(
                        new Template.Entry(
                                "b",
                                new Template.Sequence(List.of(
                                        new Template.ResultOf("x"),
                                        new Template.Literal(Payload.json("{\"deep\":1}"))))),
                        new Template.Entry("a", new Template.Literal(Payload.json("2"))))));
    }

    @Test
    void text_is_made_of_strings_and_templates() {
        assertThat(text("found ", resultOf("count"), expression("x")))
                .isEqualTo(new Template.Text(List.of(
                        new Template.Literal(Payload.json("\"found \"")),
                        new Template.ResultOf("count"),
                        new Template.Expression("x"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(1))
                .withMessage("the parts of a text are strings, expressions and results, not class java.lang.Integer");
    }

    private static void assertRefused(Object value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> json(value)).withMessage(message);
    }
}
