package dev.ropewalk.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.Payload;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    @Test
    void what_is_written_is_read_back_as_it_was() {
        for (long seed = 0; seed < 3_000; seed++) {
            Object value = new RandomValues(seed).next();
            byte[] bytes = Json.write(value);
            Object read = Json.read(bytes);
            assertThat(read).as("seed %d: %s", seed, text(bytes)).isEqualTo(value);
            assertThat(Json.write(read)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void maps_keep_their_order_and_values_their_kind() {
        byte[] bytes = Json.write(map("b", 1L, "a", Arrays.asList(true, null, "x", 1.5, map()), "c", List.of()));
        assertThat(text(bytes)).isEqualTo("{\"b\":1,\"a\":[true,null,\"x\",1.5,{}],\"c\":[]}");
    }

    @Test
    void maps_without_an_order_are_written_in_that_of_their_keys() {
        Map<String, Integer> scattered = Map.of("one", 1, "two", 2, "three", 3, "four", 4, "five", 5);
        assertThat(text(Json.write(scattered))).isEqualTo("{\"five\":5,\"four\":4,\"one\":1,\"three\":3,\"two\":2}");
        assertThat(Json.write(new java.util.HashMap<>(scattered))).isEqualTo(Json.write(scattered));
        assertThat(text(Json.write(Collections.unmodifiableMap(map("b", 1L, "a", 2L)))))
                .isEqualTo("{\"b\":1,\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, java.lang.Long, 0",
        "-0, java.lang.Long, 0",
        "9223372036854775807, java.lang.Long, 9223372036854775807",
        "9223372036854775808, java.math.BigInteger, 9223372036854775808",
        "1.0, java.lang.Double, 1.0",
        "-0.0, java.lang.Double, -0.0",
        "1e2, java.lang.Double, 100.0",
        "0.1, java.lang.Double, 0.1",
        "1.7976931348623157e308, java.lang.Double, 1.7976931348623157E308",
        "1.00000000000000000000, java.lang.Double, 1.0",
        "1.00000000000000000001, java.math.BigDecimal, 1.00000000000000000001",
        "1e400, java.math.BigDecimal, 1E+400",
        "-1e-400, java.math.BigDecimal, -1E-400",
        "0e-400, java.lang.Double, 0.0"
    })
    void a_number_keeps_every_digit(String written, Class<?> type, String again) {
        Object number = Json.read(written);
        assertThat(number).isInstanceOf(type);
        assertThat(text(Json.write(number))).isEqualTo(again);
    }

    @Test
    void what_is_read_cannot_be_changed() {
        Map<?, ?> read = (Map<?, ?>) Json.read("{\"a\":[1]}");
        assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(((List<?>) read.get("a"))::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void of_equal_keys_the_last_counts() {
        assertThat(Json.read("{\"a\":1,\"a\":2}")).isEqualTo(map("a", 2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "{",
                "[1,",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "]",
                "1 2",
                "{} []",
                "nul",
                "NaN",
                "Infinity",
                "-",
                "01",
                "1.",
                ".5",
                "+1",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\u0001\"",
                "// c\n1",
                "{a:1}",
                "\uFEFF\uFEFF1",
                "0x10",
                "\"\\u12\"",
                "[1 2]",
                "{\"a\" 1}",
                ":",
                ",",
                "tru",
                "falsey"
            })
    void text_that_is_not_json_is_refused_with_its_place(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOfSatisfying(
                        ValueException.class, e -> assertThat(e.code()).isEqualTo(ValueException.INVALID_JSON))
                .hasMessageStartingWith("not JSON at byte ");
    }

    @Test
    void only_utf_8_is_read() {
        assertThatThrownBy(() -> Json.read("[1]".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xff, '"'})).isInstanceOf(ValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nesting_without_end_is_refused(String opening) {
        assertTooLarge(opening.repeat(100_000));
        assertTooLarge(opening.repeat(129));
        assertThat(Json.read("[".repeat(128) + "]".repeat(128))).isNotNull();
    }

    @Test
    void what_is_longer_than_a_limit_is_refused() {
        assertTooLarge("1".repeat(1_001));
        assertTooLarge("1e99999");
        assertTooLarge("1.5e-0000010000");
        assertTooLarge("{\"" + "k".repeat(50_001) + "\":1}");
        JsonReader small = new JsonReader(new JsonLimits(2, 10, 4, 3, 2));
        byte[] eleven = "[1,1,1,1,1]".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> small.read(eleven, 0, 11)).hasMessageContaining("11 bytes, at most 10");
        assertThatThrownBy(() -> small.read("\"abcde\"".getBytes(StandardCharsets.UTF_8), 0, 7))
                .isInstanceOf(ValueException.class);
    }

    private static void assertTooLarge(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOfSatisfying(
                        ValueException.class, e -> assertThat(e.code()).isEqualTo(ValueException.VALUE_TOO_LARGE))
                .hasMessageStartingWith("beyond a limit of JSON");
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new JsonLimits(0, 1, 1, 1, 1)).hasMessageContaining("json.maxDepth is 0");
        assertThatThrownBy(() -> new JsonLimits(1_001, 1, 1, 1, 1)).hasMessageContaining("from 1 to 1000");
        assertThatThrownBy(() -> new JsonLimits(1, 1, 0, 1, 1)).hasMessageContaining("string 0");
    }

    @Test
    void java_values_beyond_those_of_json_are_written_as_people_expect() {
        byte[] bytes = Json.write(Arrays.asList(
                1,
                (short) 2,
                (byte) 3,
                0.1f,
                BigInteger.TWO.pow(70),
                new BigDecimal("1.10"),
                TimeUnit.SECONDS,
                Instant.EPOCH,
                Duration.ofMinutes(5),
                new LinkedHashSet<>(List.of("b", "a")),
                Payload.json(" {\"x\" : [1 , 2.50]} ")));
        assertThat(text(bytes))
                .isEqualTo("[1,2,3,0.1,1180591620717411303424,1.10,\"SECONDS\",\"1970-01-01T00:00:00Z\",\"PT5M\","
                        + "[\"b\",\"a\"],{\"x\":[1,2.5]}]");
    }

    @Test
    void a_value_without_a_form_in_json_is_named_with_its_path() {
        Map<String, Object> value = map("items", List.of(1, 2, 3, new File("x")));
        assertRefused(
                value,
                "result.items[3]: java.io.File is not a JSON value; return a map, list, string, number, boolean or null");
        assertRefused(map("a b", new int[0]), "result[\"a b\"]: int[] is not a JSON value");
        assertRefused(Set.of(1), "has no order; return a list");
        assertRefused(new Object(), "result: java.lang.Object is not a JSON value");
        assertRefused(List.of(Double.NaN), "result[0]: NaN is not a number in JSON; return null or a string");
        assertRefused(map("x", Float.NEGATIVE_INFINITY), "result.x: -Infinity is not a number in JSON");
        assertRefused(new AtomicInteger(), "AtomicInteger is not a number in JSON; return its longValue()");
        assertRefused(map("x", Map.of(1, 2)), "result.x: the key 1 is not a string");
        assertRefused(Collections.singletonMap(null, 1), "result: the key null is not a string");
        assertRefused(Payload.of(new byte[0], "image/png"), "a payload of image/png is not a JSON value");
        assertRefused(map("x", Payload.json("{")), "result.x: not JSON at byte ");
        assertThatThrownBy(() -> Json.write(new Object(), "arguments")).hasMessageStartingWith("arguments: ");
    }

    private static void assertRefused(Object value, String message) {
        assertThatThrownBy(() -> Json.write(value))
                .isInstanceOfSatisfying(
                        ValueException.class,
                        e -> assertThat(e.code()).isIn(ValueException.INVALID_VALUE, ValueException.INVALID_JSON))
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Json.digest(value)).isInstanceOf(ValueException.class);
    }

    @Test
    void a_value_that_contains_itself_is_refused_with_a_path_of_bounded_length() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("again".repeat(10), value);
        assertThatThrownBy(() -> Json.write(value))
                .hasMessageContaining("nested deeper than 128 levels; does a map or list contain itself?")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_200));
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThatThrownBy(() -> Json.write(list)).hasMessageContaining("nested deeper than 128 levels");
    }

    @Test
    void half_a_character_survives() {
        assertThat(text(Json.write("a\ud800b\udc00\ud83d\ude00\ud83d"))).isEqualTo("\"a\\ud800b\\udc00😀\\ud83d\"");
    }

    @Test
    void in_a_key_half_a_character_is_replaced_because_no_reader_takes_it() {
        Map<String, Object> value = map("\ud83d\ude00\ud800", 1L, "\ude00", 2L);
        assertThat(Json.read(Json.write(value))).isEqualTo(map("😀\ufffd", 1L, "\ufffd", 2L));
    }

    @Test
    void strings_longer_than_every_buffer_are_written_whole() {
        String longText = "\u0000é😀\"".repeat(50_000);
        assertThat(Json.read(Json.write(longText))).isEqualTo(longText);
    }

    @Test
    void the_digest_looks_at_content_and_not_at_the_order_of_keys() {
        Map<String, Object> one = map("a", 1L, "b", map("c", 2L, "d", 3L));
        Map<String, Object> other = map("b", map("d", 3L, "c", 2L), "a", 1L);
        assertThat(Json.digest(one)).isEqualTo(Json.digest(other)).matches("[0-9a-f]{64}");
        assertThat(Json.digest(one)).isNotEqualTo(Json.digest(map("a", 1L)));
        assertThat(Json.digest(map()))
                .as("SHA-256 of {}")
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
