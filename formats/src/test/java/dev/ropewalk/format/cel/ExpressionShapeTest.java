package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExpressionLanguage.Analysis;
import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.ExpressionLanguage.Names;
import dev.ropewalk.plan.Problem;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpressionShapeTest {

    private static final Names NAMES = new Names(Map.of(), Set.of("a", "b", "size", "result", "status"), false);

    private final CelExpressionLanguage language = new CelExpressionLanguage();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tasks.a.result + 1 | tasks.b.result + 1 | true",
                "tasks.a.result + tasks.b.result | tasks.b.result + tasks.a.result | true",
                "tasks.a.result + tasks.a.result | tasks.a.result + tasks.b.result | false",
                "tasks.a.result + 1 | tasks.a.result + 2 | false",
                "tasks.a.result + 'tasks.a' | tasks.b.result + 'tasks.b' | false",
                "tasks.a.result == r'\' | tasks.b.result == r'\' | true",
                "vars.tasks.a + 1 | vars.tasks.b + 1 | false",
                "vars . tasks.a + 1 | vars . tasks.b + 1 | false",
                "mytasks.a + 1 | mytasks.b + 1 | false"
            })
    void expressions_are_of_one_shape_if_they_differ_in_the_ids_of_tasks_alone(String one, String other, boolean same) {
        assertThat(ExpressionShape.of(one)
                        .orElseThrow()
                        .text()
                        .equals(ExpressionShape.of(other).orElseThrow().text()))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[tasks.a].map(tasks, tasks.result)",
                "tasks",
                "tasks.",
                "tasks.size()",
                "tasks.size ()",
                "tasks .a",
                "tasks[\"a\"].result + 1",
                "tasks.in"
            })
    void what_may_not_be_the_id_of_a_task_has_no_shape(String source) {
        assertThat(ExpressionShape.of(source)).isEmpty();
    }

    @Test
    void what_was_sound_for_one_task_is_for_another() {
        assertThat(analyse("tasks.a.result + 1").tasks()).containsExactly("a");

        Analysis analysis = analyse("tasks.b.result + 1");

        assertThat(analysis.tasks()).containsExactly("b");
        assertThat(analysis.problems()).isEmpty();
        assertThat(analyse("tasks.c.result + 1").problems())
                .extracting(Problem::code)
                .containsExactly(Problem.UNKNOWN_TASK);
    }

    @Test
    void what_was_wrong_is_told_again_with_its_place() {
        assertThat(analyse("1 + tasks.a.status").problems()).isNotEmpty();
        assertThat(analyse("1 + tasks.a.status").problems())
                .isEqualTo(analyse("1 + tasks.b.status").problems());
    }

    @Test
    void a_shape_is_sound_for_its_place_alone() {
        assertThat(analyse("tasks.a.result.size() + 1").problems()).isEmpty();
        assertThat(language.analyse("tasks.b.result.size() + 1", NAMES, Expected.BOOLEAN)
                        .problems())
                .isNotEmpty();
    }

    private Analysis analyse(String source) {
        return language.analyse(source, NAMES, Expected.ANY);
    }
}
