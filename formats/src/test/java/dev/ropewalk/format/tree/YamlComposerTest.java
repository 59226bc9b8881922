package dev.ropewalk.format.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.TreeValues;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.plan.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class YamlComposerTest {

    @ParameterizedTest
    @CsvSource({
        "null,NULL,null",
        "~,NULL,null",
        "Null,NULL,null",
        "true,BOOLEAN,true",
        "FALSE,BOOLEAN,false",
        "yes,TEXT,yes",
        "no,TEXT,no",
        "on,TEXT,on",
        "off,TEXT,off",
        "7,INTEGER,7",
        "-7,INTEGER,-7",
        "+7,INTEGER,7",
        "007,INTEGER,7",
        "0,INTEGER,0",
        "-0,INTEGER,-0",
        "0x1F,INTEGER,31",
        "0o17,INTEGER,15",
        "0xZZ,TEXT,0xZZ",
        "0x,TEXT,0x",
        "0o9,TEXT,0o9",
        "123456789012345678901234567890,INTEGER,123456789012345678901234567890",
        "1.5,DECIMAL,1.5",
        "1.,DECIMAL,1.0",
        ".5,DECIMAL,0.5",
        "-.5,DECIMAL,-0.5",
        "01.50,DECIMAL,1.50",
        "1e3,DECIMAL,1e3",
        "1.E+3,DECIMAL,1.0E+3",
        "1e,TEXT,1e",
        ".,TEXT,.",
        "-,TEXT,-",
        "+,TEXT,+",
        "1.2.3,TEXT,1.2.3",
        "2026-01-01,TEXT,2026-01-01",
        "12:30:45,TEXT,12:30:45",
        "1_000,TEXT,1_000",
        "=,TEXT,="
    })
    void plain_words_mean_what_the_core_schema_says(String yaml, Kind kind, String text) {
        assertThat(CoreSchema.resolve(Position.START, yaml)).isEqualTo(new Scalar(Position.START, kind, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.INF", "+.Inf", ".nan", ".NaN"})
    void numbers_that_json_lacks_are_refused(String yaml) {
        assertThat(compose("a: " + yaml).codes()).containsExactly("WRONG_TYPE");
    }

    @Test
    void quoted_words_are_texts() {
        assertThat(values("['1', \"true\", 'null']")).isEqualTo(List.of("1", "true", "null"));
    }

    @Test
    void every_value_knows_its_place() {
        Node.Mapping root = (Node.Mapping) compose("# a comment\na: 1\nb:\n  - x\n  - {c: ä, d: 2}\n")
                .tree()
                .orElseThrow();

        Node.Entry b = root.entries().get(1);
        assertThat(b.keyAt()).isEqualTo(new Position(3, 1));
        Node.Mapping inner = (Node.Mapping) ((Node.Sequence) b.value()).items().get(1);
        assertThat(inner.at()).isEqualTo(new Position(5, 5));
        assertThat(inner.entries().get(1).value().at()).isEqualTo(new Position(5, 15));
    }

    @Test
    void a_key_that_is_written_twice_is_refused_with_both_lines() {
        assertThat(compose("a: 1\nb: 2\na: 3\n").problems())
                .containsExactly(new Problem(
                        "DUPLICATE_KEY",
                        "a",
                        "3:1 \"a\" is written twice in one map, first in line 1",
                        "keep one of the two"));
    }

    @Test
    void anchors_and_aliases_repeat_a_value() {
        assertThat(values("a: &x {k: [1, 2]}\nb: *x\n"))
                .isEqualTo(Map.of("a", Map.of("k", List.of(1L, 2L)), "b", Map.of("k", List.of(1L, 2L))));
    }

    @Test
    void a_value_cannot_hold_itself() {
        assertThat(compose("a: &x [1, *x]").codes()).containsExactly("INVALID_YAML");
        assertThat(compose("a: *nowhere").codes()).containsExactly("INVALID_YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                "a: !!str 1",
                "a: ! 1",
                "a: !local {}",
                "%TAG ! tag:example.com,2026:\n---\na: 1",
                "!!map {a: 1}"
            })
    void tags_are_refused(String yaml) {
        assertThat(compose(yaml).codes()).isNotEmpty().containsOnly("UNSUPPORTED");
    }

    @Test
    void merge_keys_are_refused() {
        assertThat(compose("a: &x {k: 1}\nb: {<<: *x}\n").codes()).containsExactly("UNSUPPORTED");
        assertThat(compose("a: {'<<': 1}\n").codes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1: a", "true: a", "~: a", "1.5: a", "[a]: b", "{a: b}: c", "&x a: 1\n*x : 2"})
    void keys_are_texts(String yaml) {
        assertThat(compose(yaml).codes()).isNotEmpty().containsOnly("WRONG_TYPE");
    }

    @Test
    void one_file_holds_one_document() {
        assertThat(compose("a: 1\n---\nb: 2\n").codes()).containsExactly("UNSUPPORTED");
        assertThat(compose("---\na: 1\n...\n").codes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "# nothing\n", "\uFEFF"})
    void an_empty_file_is_told(String yaml) {
        assertThat(compose(yaml).codes()).containsExactly("EMPTY_PLAN");
    }

    @Test
    void a_billion_laughs_are_stopped_by_what_they_would_expand_to() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i <= 24; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(compose(yaml.toString()).problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("aliases expand this file to more than");
    }

    @Test
    void more_aliases_than_the_limit_are_refused() {
        String yaml = "a: &x 1\nb: [" + "*x, ".repeat(51) + "]\n";

        assertThat(compose(yaml).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose(yaml.replaceFirst("\\*x, ", "")).codes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{a: ','}'", "'- ',''", "'[{a: [','}]]'"})
    void deep_nesting_is_stopped_at_the_limit(String open, String close) {
        assertThat(compose(open.repeat(100_000) + (close == null ? "" : close.repeat(100_000)))
                        .codes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void the_depth_of_what_an_alias_names_counts_too() {
        String deep = "[".repeat(40) + "]".repeat(40);

        assertThat(compose("a: &x %s\nb: %s*x%s".formatted(deep, "[".repeat(22), "]".repeat(22)))
                        .codes())
                .isEmpty();
        assertThat(compose("a: &x %s\nb: %s*x%s".formatted(deep, "[".repeat(25), "]".repeat(25)))
                        .codes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void more_values_than_the_limit_are_refused() {
        TreeLimits limits = new TreeLimits(1000, 64, 50, 1000, 128, 10, 1000);

        assertThat(Composed.of(TextFormat.YAML, "[1,2,3,4,5,6,7,8,9,10]".getBytes(StandardCharsets.UTF_8), limits)
                        .codes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void very_long_numbers_are_refused() {
        assertThat(compose("a: " + "9".repeat(1_001)).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("a: 1e1000").codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("a: 1e-99999999999").codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("a: 1e308").codes()).isEmpty();
    }

    @Test
    void half_a_character_is_refused() {
        assertThat(compose("a: \"\\uD800\"").codes()).containsExactly("INVALID_ENCODING");
        assertThat(compose("a: \"\\U0001F600\"").codes()).isEmpty();
    }

    @Test
    void errors_of_syntax_say_where_and_what_would_do() {
        assertSyntaxError("a: b: c", "1:5", "put a string that holds \": \" in quotes, and check the indentation");
        assertSyntaxError("a: @b", "1:4", "put the value in quotes");
        assertSyntaxError("\ta: 1", "1:1", "indent with spaces, not with tabs");
        assertSyntaxError("a:\n  b: 1\n c: 2", "3:2", "indent this line like the entries above it");
        assertSyntaxError("a: 1\nb\nc: 2", "3:1", "write `key: value`, or put the value in quotes");
        assertSyntaxError(
                "a: [1, 2",
                "1:9",
                "separate the values with commas, close the bracket, and put a string that holds \": \" in quotes");
        assertSyntaxError("a: \"x", "1:6", "check the lines above for a missing quote, bracket or colon");
    }

    private static void assertSyntaxError(String yaml, String place, String remedy) {
        Composed composed = compose(yaml);

        assertThat(composed.tree()).isEmpty();
        assertThat(composed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("INVALID_YAML");
            assertThat(problem.message()).startsWith(place + " ");
            assertThat(problem.remedy()).as(problem.message()).isEqualTo(remedy);
        });
    }

    @Test
    void characters_that_yaml_lacks_are_named_with_their_place() {
        assertThat(compose("a: ä\nb: x\u0007\n").problems())
                .containsExactly(new Problem(
                        "INVALID_YAML",
                        "",
                        "2:5 the character U+0007 is not allowed in YAML",
                        "write it escaped in a string in double quotes"));
    }

    @Test
    void bytes_that_are_no_text_are_named_with_their_place() {
        assertThat(Composed.of(TextFormat.YAML, new byte[] {'a', '\n', 'b', (byte) 0xFF})
                        .problems())
                .containsExactly(new Problem(
                        "INVALID_ENCODING", "", "2:2 byte 3 (0xFF) is not UTF-8", "save the file as UTF-8"));
    }

    @Test
    void many_keys_cost_time_in_line_with_their_number() {
        String yaml =
                IntStream.range(0, 50_000).mapToObj(i -> "key" + i + ": " + i).collect(Collectors.joining("\n"));

        assertThat(compose(yaml).problems()).isEmpty();
    }

    private static Composed compose(String yaml) {
        return Composed.of(TextFormat.YAML, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Object values(String yaml) {
        Composed composed = compose(yaml);
        assertThat(composed.problems()).isEmpty();
        return TreeValues.of(composed.tree().orElseThrow());
    }
}
