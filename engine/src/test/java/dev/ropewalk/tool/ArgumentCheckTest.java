package dev.ropewalk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArgumentCheckTest {

    private static final ToolDescriptor TOOL = new ToolDescriptor("copy", "", Optional.of("{}"), Optional.empty(), "");

    private final List<String> asked = new ArrayList<>();

    private ArgumentCheck finding(List<String> problems) {
        return new ArgumentCheck(Optional.of((schema, value, root) -> {
            asked.add(schema + " " + value + " " + root);
            return problems;
        }));
    }

    @Test
    void all_problems_are_said_at_once() {
        assertThatThrownBy(() -> finding(List.of("with.a: is missing", "with.b: is a string"))
                        .check(TOOL, Map.of()))
                .isInstanceOfSatisfying(ToolException.class, e -> {
                    assertThat(e.code()).isEqualTo("INVALID_ARGUMENTS");
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessage(
                        "the arguments of copy are not valid, 2 problems\n  with.a: is missing\n  with.b: is a string");
        assertThat(asked).containsExactly("{} {} with");
    }

    @Test
    void of_very_many_problems_the_first_are_said() {
        assertThatThrownBy(() -> finding(Collections.nCopies(500, "x")).check(TOOL, Map.of()))
                .hasMessageStartingWith("the arguments of copy are not valid, 500 problems\n")
                .hasMessageEndingWith("\n  and 480 more");
        assertThatThrownBy(() -> finding(List.of("x")).check(TOOL, Map.of()))
                .hasMessage("the arguments of copy are not valid, 1 problem\n  x");
    }

    @Test
    void valid_arguments_and_tools_without_a_schema_pass() {
        assertThatCode(() -> {
                    finding(List.of()).check(TOOL, Map.of());
                    finding(List.of("x")).check(ToolDescriptor.of("any", ""), Map.of());
                    new ArgumentCheck(Optional.empty()).check(TOOL, Map.of());
                })
                .doesNotThrowAnyException();
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_schema_that_cannot_be_used_is_the_tool_s_mistake_and_asked_once() throws ToolException {
        ArgumentCheck check = new ArgumentCheck(Optional.of((schema, value, root) -> {
            asked.add(schema);
            throw new IllegalArgumentException("this is no schema");
        }));
        check.check(TOOL, Map.of());
        check.check(TOOL, Map.of());
        assertThat(asked).hasSize(1);
    }
}
