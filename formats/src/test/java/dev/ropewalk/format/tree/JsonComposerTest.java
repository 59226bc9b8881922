package dev.ropewalk.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class JsonComposerTest {

    @Test
    void every_value_knows_its_place() {
        Node.Mapping root = (Node.Mapping)
                compose("{\n  \"a\": [true, null],\n  \"b\": -1.5e3\n}").tree().orElseThrow();

        assertThat(root.entries().getFirst().keyAt()).isEqualTo(new Position(2, 3));
        assertThat(((Node.Sequence) root.entries().getFirst().value()).items())
                .extracting(Node::at)
                .containsExactly(new Position(2, 9), new Position(2, 15));
        assertThat(root.entries().getLast().value())
                .isEqualTo(new Node.Scalar(new Position(3, 8), Node.Kind.DECIMAL, "-1.5e3"));
    }

    @Test
    void a_key_that_is_written_twice_is_refused_with_both_lines() {
        assertThat(compose("{\"a\": 1,\n\"a\": 2}").problems())
                .containsExactly(new Problem(
                        "DUPLICATE_KEY",
                        "a",
                        "2:1 \"a\" is written twice in one map, first in line 1",
                        "keep one of the two"));
    }

    @Test
    void what_is_not_json_is_told_with_its_place() {
        assertThat(compose("{\"a\": 1,\n // no\n}").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("INVALID_JSON");
            assertThat(problem.message()).startsWith("2:");
            assertThat(problem.remedy()).startsWith("files that end in .json are strict JSON");
        });
        assertThat(compose("{\"a\": [1,").problems())
                .extracting(Problem::remedy)
                .containsExactly("close what is open: a quote, a bracket or a brace");
        assertThat(compose("{} {}").codes()).containsExactly("INVALID_JSON");
        assertThat(compose(" ").codes()).containsExactly("EMPTY_PLAN");
    }

    @Test
    void depth_and_size_are_limited() {
        assertThat(compose("[".repeat(128) + "]".repeat(128)).codes()).isEmpty();
        assertThat(compose("[".repeat(129) + "]".repeat(129)).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("[".repeat(1_000_000)).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("{\"a\":".repeat(1_000_000)).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("9".repeat(1_001)).codes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(compose("1e1000").codes()).containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void a_mark_in_front_is_passed_over() {
        assertThat(compose("\uFEFF{}").codes()).isEmpty();
    }

    @Test
    void half_a_character_is_refused_in_values_and_keys() {
        assertThat(compose("{\"a\": \"\\uD800x\"}").codes()).hasSize(1);
        assertThat(compose("{\"a\": \"\\uDC00\"}").codes()).hasSize(1);
        assertThat(compose("{\"\\uDC00\": 1}").codes()).hasSize(1);
        assertThat(compose("{\"a\": \"\\uD83D\\uDE00\"}").codes()).isEmpty();
    }

    @Test
    void limits_must_make_sense() {
        assertThatThrownBy(() -> new TreeLimits(0, 1, 1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yaml 0 bytes");
    }

    private static Composed compose(String json) {
        return Composed.of(TextFormat.JSON, json.getBytes(StandardCharsets.UTF_8));
    }
}
