package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.Usage;
import dev.ropewalk.tool.system.Fields;
import dev.ropewalk.value.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportedUsageTest {

    @Test
    void tokens_are_found_where_openai_says_them() {
        assertThat(usual().in(Json.read("{\"usage\": {\"prompt_tokens\": 3, \"total_tokens\": 12}}")))
                .containsExactly(new Usage("tokens", "tokens", 12_000, 0));
    }

    @Test
    void a_plan_says_where_else_they_are() {
        ReportedUsage usage = of(Map.of("tokens", "/calls/1/a~1b~0", "cost", "/cost"));

        assertThat(usage.in(Json.read("{\"calls\": [0, {\"a/b~\": 7}], \"cost\": 0.0000015}")))
                .containsExactly(new Usage("tokens", "tokens", 7_000, 2));
        assertThat(usage.in(Json.read("{\"cost\": 0.25}"))).containsExactly(new Usage("money", "", 0, 250_000));
        assertThat(usage.in(Json.read("{\"calls\": [0, {\"a/b~\": 1e300}]}")))
                .containsExactly(new Usage("tokens", "tokens", Long.MAX_VALUE, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"usage\": 5}",
                "{\"usage\": [1]}",
                "{\"usage\": {\"total_tokens\": -1}}",
                "{\"usage\": {\"total_tokens\": \"12\"}}"
            })
    void what_is_not_said_is_not_reported(String json) {
        assertThat(usual().in(Json.read(json))).isEmpty();
        assertThat(of(Map.of("tokens", "/9999999999")).in(Json.read(json))).isEmpty();
    }

    @Test
    void pointers_that_are_none_are_refused() {
        Fields fields = Fields.ofArguments(Map.of("usage", Map.of("tokens", "usage", "cost", 1, "money", "/x")));
        ReportedUsage.of(fields);

        assertThat(fields.problems())
                .containsExactlyInAnyOrder(
                        "with.usage.tokens must be a JSON Pointer such as /usage/total_tokens",
                        "with.usage.cost must be a JSON Pointer such as /usage/total_tokens",
                        "with.usage.money is not known; there are tokens, cost");
        assertThatThrownBy(() -> fields.refuseArguments("http")).isInstanceOf(ToolException.class);
    }

    private static ReportedUsage usual() {
        return ReportedUsage.of(Fields.ofArguments(Map.of()));
    }

    private static ReportedUsage of(Map<String, String> pointers) {
        return ReportedUsage.of(Fields.ofArguments(Map.of("usage", pointers)));
    }

    @Test
    void nothing_is_reported_of_an_answer_without_json() {
        assertThat(usual().in(null)).isEqualTo(List.of());
    }
}
