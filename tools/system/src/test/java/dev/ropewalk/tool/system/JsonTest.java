package dev.ropewalk.tool.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    private static @Nullable Object read(String text) throws Json.MalformedException {
        return Json.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    @Test
    void values_have_the_types_that_results_have() throws Exception {
        assertThat(read("[1, 9223372036854775808, 0.1, 0.1234567890123456789, true, false, null, \"ü\", {\"a\":{}}]"))
                .isEqualTo(Arrays.asList(
                        1L,
                        new BigInteger("9223372036854775808"),
                        0.1,
                        new BigDecimal("0.1234567890123456789"),
                        true,
                        false,
                        null,
                        "ü",
                        Map.of("a", Map.of())));
        assertThat(read("1e400")).isEqualTo(new BigDecimal("1e400"));
    }

    @Test
    void what_is_written_is_read_as_the_same() throws Exception {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("list", Arrays.asList(1L, 2.5, new BigDecimal("3.00"), new BigInteger("12345678901234567890")));
        value.put("flag", true);
        value.put("none", null);
        value.put("text", "a\"b\n");

        assertThat(Json.write(value))
                .isEqualTo(
                        "{\"list\":[1,2.5,3.00,12345678901234567890],\"flag\":true,\"none\":null,\"text\":\"a\\\"b\\n\"}");
        assertThat(read(Json.write(List.of("x", 3)))).isEqualTo(List.of("x", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,", "nul", "1 2", "{\"a\":1}x", "{'a':1}", "NaN", "01", "\"\u0001\""})
    void anything_but_one_json_value_is_malformed(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Json.MalformedException.class);
    }

    @Test
    void S15_depth_and_length_of_numbers_are_limited() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(Json.MalformedException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> read("1".repeat(1_001)))
                .isInstanceOf(Json.MalformedException.class)
                .hasMessageContaining("length");
    }

    @Test
    void a_malformed_text_is_told_with_its_position() {
        assertThatThrownBy(() -> read("{\n  \"a\": x }")).hasMessageContaining("at line 2, column");
    }
}
