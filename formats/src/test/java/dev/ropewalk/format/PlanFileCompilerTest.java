package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.InvalidPlanException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ToolNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanFileCompilerTest {

    private static final String PLAN = """
            name: registered
            variables: { n: { type: integer, required: true } }
            steps:
              - id: s
                tasks:
                  - { id: t, tool: noop, with: { n: "${vars.n + 1}" } }
            """;

    private final PlanFileCompiler compiler = new PlanFileCompiler();

    @Test
    void it_reads_the_formats_of_plan_files() {
        assertThat(List.of("yaml", "json", "xml")).filteredOn(compiler::reads).containsExactly("yaml", "json");
    }

    @Test
    void a_definition_is_compiled_with_the_variables_of_each_run() {
        assertThat(compiler.compile("yaml", PLAN, Map.of("n", Payload.json("1")), ToolNames.UNCHECKED)
                        .name())
                .isEqualTo("registered");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        String misspelt = PLAN.replace("tool: noop", "toool: noop").replace("vars.n", "vars.m");

        assertThatThrownBy(() -> compiler.compile("yaml", misspelt, Map.of(), ToolNames.UNCHECKED))
                .isInstanceOfSatisfying(
                        InvalidPlanException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactly("VARIABLE_MISSING", "UNKNOWN_KEY", "VARIABLE_UNKNOWN"))
                .hasMessageContaining("registered");
        assertThatThrownBy(() -> compiler.compile("json", "[", Map.of(), ToolNames.UNCHECKED))
                .isInstanceOf(InvalidPlanException.class);
    }
}
