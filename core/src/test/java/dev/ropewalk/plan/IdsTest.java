package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Z",
                "fetch-prices",
                "fetch_2",
                "a123456789012345678901234567890123456789012345678901234567890123"
            })
    void an_id_is_a_letter_and_up_to_63_letters_digits_dashes_and_underscores(String id) {
        assertThat(plan(step("main", task(id))).task(0).path()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1st",
                "-a",
                "_a",
                "a.b",
                "a/b",
                "../../x",
                "a b",
                "a\0b",
                "a\u202Eb",
                "p\u0430yment",
                "\uD83D\uDE00",
                "\uD83D",
                "a[0]",
                "$end",
                "a1234567890123456789012345678901234567890123456789012345678901234"
            })
    void other_ids_are_refused_for_tasks_steps_and_variables(String id) {
        assertThat(problems(step("main", task(id)))).containsExactly("INVALID_ID steps[0].tasks[0].id");
        assertThat(problems(step(id, task("a")))).containsExactly("INVALID_ID steps[0].id");
    }

    @Test
    void a_refusal_names_the_character_by_its_number_and_shows_nothing_that_cannot_be_seen() {
        assertThat(message("p\u0430yment"))
                .isEqualTo("\"p\u0430yment\" cannot be a task id: character 2 is '\u0430' (U+0430)");
        assertThat(message("a\u202Eb")).isEqualTo("\"a\\u{202E}b\" cannot be a task id: character 2 is U+202E");
        assertThat(message("a\0b")).isEqualTo("\"a\\u{0}b\" cannot be a task id: character 2 is U+0000");
        assertThat(message("a b")).isEqualTo("\"a b\" cannot be a task id: character 2 is U+0020");
        assertThat(message("1st")).isEqualTo("\"1st\" cannot be a task id: it starts with '1' (U+0031)");
        assertThat(message("")).isEqualTo("\"\" cannot be a task id: it is empty");
    }

    @Test
    void an_id_of_ten_million_characters_is_refused_in_a_short_message() {
        assertThat(message("x".repeat(10_000_000)))
                .hasSizeLessThan(200)
                .endsWith("…\" cannot be a task id: it has 10,000,000 characters");
    }

    @Test
    void steps_and_tasks_share_their_ids() {
        assertThat(problems(step("a", task("b"), task("b")), step("a", task("c")), step("c", task("d"))))
                .containsExactly(
                        "DUPLICATE_ID steps[0].tasks[1].id", "DUPLICATE_ID steps[1].id", "DUPLICATE_ID steps[2].id");
        assertThat(compile(workflow(step("a", task("a")))).problems().getFirst().text())
                .isEqualTo(
                        "steps[0].tasks[0].id: \"a\" is taken by steps[0].id; rename one of them: steps and tasks of a"
                                + " plan share their ids");
    }

    @Test
    void what_refers_to_a_bad_id_is_not_reported_again() {
        assertThat(problems(step("main", task("a b"), task("c", "a b"))))
                .containsExactly("INVALID_ID steps[0].tasks[0].id");
    }

    private static String message(String id) {
        return compile(workflow(step("main", task(id)))).problems().getFirst().message();
    }
}
