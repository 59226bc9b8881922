package dev.ropewalk.value;

import static dev.ropewalk.value.JsonTest.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsTest {

    private static final String TOKEN = "hunter2/Pä+s?s \"wörd\" 世";

    @TempDir
    Path directory;

    private static Secrets secrets(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put("ROPEWALK_SECRET_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Secrets(SecretSource.ofEnvironment(environment));
    }

    /// Secrets of which all were handed to a tool already.
    private static Secrets revealed(String... values) throws ExpressionException, ToolException {
        String[] all = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            all[2 * i] = "S" + i;
            all[2 * i + 1] = values[i];
        }
        Secrets secrets = secrets(all);
        for (int i = 0; i < values.length; i++) {
            secrets.reveal(map("x", secrets.placeholder("S" + i)));
        }
        return secrets;
    }

    // ---- placeholders

    @Test
    void a_secret_takes_the_place_of_its_placeholder_wherever_that_stands() throws Exception {
        Secrets secrets = secrets("KEY", TOKEN, "OTHER", "$1\\0");
        String key = secrets.placeholder("KEY");
        String other = secrets.placeholder("OTHER");
        Map<String, Object> arguments = map(
                "plain", key, "text", "Bearer " + key + "/" + other + "!", "deep", List.of(map("k", key), 1L, true));
        assertThat(arguments.toString()).doesNotContain("hunter2");
        assertThat(secrets.reveal(arguments))
                .isEqualTo(map(
                        "plain",
                        TOKEN,
                        "text",
                        "Bearer " + TOKEN + "/$1\\0!",
                        "deep",
                        List.of(map("k", TOKEN), 1L, true)));
    }

    @Test
    void arguments_without_secrets_are_handed_on_as_they_are() throws Exception {
        Secrets secrets = secrets("KEY", TOKEN);
        Map<String, Object> arguments = map("x", "{{secret-0:KEY}} ${secrets.KEY}", "y", null);
        assertThat(secrets.reveal(arguments)).isSameAs(arguments);
        secrets.placeholder("KEY");
        assertThat(secrets.reveal(arguments)).isEqualTo(arguments);
    }

    @Test
    void a_secret_that_is_not_there_is_a_permanent_failure_with_its_remedy() throws Exception {
        Secrets secrets = secrets();
        Map<String, Object> arguments = map("x", secrets.placeholder("API_KEY"));
        assertThatThrownBy(() -> secrets.reveal(arguments))
                .isInstanceOfSatisfying(ToolException.class, e -> {
                    assertThat(e.code()).isEqualTo("SECRET_MISSING");
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessage("there is no secret API_KEY; set the environment variable ROPEWALK_SECRET_API_KEY and start"
                        + " again");
    }

    @Test
    void a_source_that_cannot_be_asked_now_is_asked_again_by_another_attempt() throws Exception {
        Secrets secrets = new Secrets(new SecretSource() {
            @Override
            public Optional<String> find(String name) throws IOException {
                throw new IOException("vault is sealed");
            }

            @Override
            public String remedy(String name) {
                return "unseal it";
            }
        });
        Map<String, Object> arguments = map("x", secrets.placeholder("API_KEY"));
        assertThatThrownBy(() -> secrets.reveal(arguments))
                .isInstanceOfSatisfying(ToolException.class, e -> {
                    assertThat(e.code()).isEqualTo("SECRET_UNAVAILABLE");
                    assertThat(e.isRetryable()).isTrue();
                })
                .hasMessageContaining("vault is sealed");
    }

    @Test
    void one_source_stands_behind_another() throws IOException {
        SecretSource first = SecretSource.ofEnvironment(Map.of("ROPEWALK_SECRET_A", "1", "A", "no", "B", "no"));
        SecretSource both = first.orElse(SecretSource.ofEnvironment(Map.of("ROPEWALK_SECRET_B", "2")));
        assertThat(both.find("A")).contains("1");
        assertThat(both.find("B")).contains("2");
        assertThat(both.find("C")).isEmpty();
        assertThat(both.remedy("C")).contains("ROPEWALK_SECRET_C", ", or ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "a}}", "a-b", "${x}"})
    void names_are_words(String name) {
        assertThatThrownBy(() -> secrets().placeholder(name))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("use letters, digits and _");
    }

    @Test
    void a_placeholder_that_was_taken_apart_is_an_error_and_never_sent() throws Exception {
        Secrets secrets = secrets("KEY", TOKEN);
        String placeholder = secrets.placeholder("KEY");
        for (String broken : List.of(
                placeholder.substring(3),
                placeholder + placeholder.substring(0, 45),
                placeholder.replace("KEY", "K Y"))) {
            assertThatThrownBy(() -> secrets.reveal(map("x", broken)))
                    .isInstanceOfSatisfying(
                            ToolException.class, e -> assertThat(e.code()).isEqualTo("EXPRESSION"))
                    .hasMessageContaining("use ${secrets.NAME} as it is, or joined to other text");
        }
    }

    @Test
    void two_engines_have_other_placeholders_but_the_same_digest() throws Exception {
        Secrets one = secrets("KEY", "one");
        Secrets two = secrets("KEY", "two");
        String first = one.placeholder("KEY");
        String second = two.placeholder("KEY");
        assertThat(first).isNotEqualTo(second);
        assertThat(Json.digest(one.mask(map("x", "a" + first, "y", 1L))))
                .isEqualTo(Json.digest(two.mask(map("x", "a" + second, "y", 1L))))
                .isEqualTo(Json.digest(map("x", "a${secrets.KEY}", "y", 1L)));
    }

    // ---- redaction

    @Test
    void before_any_secret_is_used_nothing_is_looked_at() {
        Object value = new Object();
        assertThat(secrets("KEY", TOKEN).redact(value)).isSameAs(value);
        assertThat(secrets("KEY", TOKEN).redact(TOKEN)).isSameAs(TOKEN);
        assertThat(secrets("KEY", TOKEN).mask(value)).isSameAs(value);
    }

    @Test
    void every_string_and_key_and_number_of_a_result_is_looked_at() throws Exception {
        Secrets secrets = revealed(TOKEN, "12345678");
        Object untouched = new Object();
        Map<String, Object> result = map(
                "a",
                "x" + TOKEN + "y" + TOKEN + TOKEN,
                TOKEN,
                Arrays.asList(12345678L, new BigDecimal("12345678.5"), 1234L, null, true),
                "payload",
                Payload.json("{\"k\":\"12345678\"}"),
                "image",
                Payload.of(new byte[0], "image/png"),
                "placeholder",
                "<" + secrets.placeholder("S0") + ">",
                "other",
                untouched);
        assertThat(secrets.redact(result))
                .isEqualTo(map(
                        "a",
                        "x***y***",
                        "***",
                        Arrays.asList("***", "***", 1234L, null, true),
                        "payload",
                        Payload.json("{\"k\":\"***\"}"),
                        "image",
                        Payload.of(new byte[0], "image/png"),
                        "placeholder",
                        "<***>",
                        "other",
                        untouched));
    }

    @Test
    void a_secret_is_found_in_all_its_forms() throws Exception {
        Secrets secrets = revealed(TOKEN);
        byte[] bytes = TOKEN.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        for (String form : List.of(
                TOKEN,
                hex,
                hex.toUpperCase(Locale.ROOT),
                url,
                url.replace("+", "%20"),
                url.toLowerCase(Locale.ROOT).replace("hunter2%2fp", "hunter2%2fP"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                "hunter2/Pä+s?s \\\"wörd\\\" 世",
                "hunter2\\/Pä+s?s \\\"wörd\\\" 世",
                "hunter2/P\\u00e4+s?s \\\"w\\u00f6rd\\\" \\u4e16")) {
            assertThat(secrets.redact("<" + form + ">")).as(form).isEqualTo("<***>");
        }
    }

    @Test
    void in_base64_of_something_longer_no_digit_of_the_secret_is_left() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            byte[] secret = new byte[8 + random.nextInt(20)];
            for (int i = 0; i < secret.length; i++) {
                secret[i] = (byte) (' ' + random.nextInt(95));
            }
            String text = new String(secret, StandardCharsets.US_ASCII);
            Secrets secrets = revealed(text);
            String before = "user:".repeat(2).substring(0, random.nextInt(8));
            String after = "@host/x".substring(0, random.nextInt(7));
            String encoded =
                    Base64.getEncoder().encodeToString((before + text + after).getBytes(StandardCharsets.US_ASCII));
            String shown = secrets.redact(encoded);
            assertThat(shown).contains("***");
            int left = shown.replace("***", "").length();
            assertThat(left)
                    .as("%s|%s|%s became %s", before, text, after, shown)
                    .isLessThanOrEqualTo((before.length() + after.length()) * 4 / 3 + 6);
        }
    }

    @Test
    void each_line_of_a_key_is_a_secret_of_its_own() throws Exception {
        String key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\r\nkqhkiG9w0BAQEF\nshort\n-----END KEY-----\n";
        Secrets secrets = revealed(key);
        assertThat(secrets.redact("a " + key + " b")).isEqualTo("a *** b");
        assertThat(secrets.redact("line 2: kqhkiG9w0BAQEF.")).isEqualTo("line 2: ***.");
        assertThat(secrets.redact("a short story")).isEqualTo("a short story");
    }

    @Test
    void a_secret_shorter_than_four_characters_is_left() throws Exception {
        assertThat(revealed("abc", "").redact("abcdef")).isEqualTo("abcdef");
        assertThat(revealed("abcd").redact("abcdef")).isEqualTo("***ef");
    }

    @Test
    void secrets_that_overlap_leave_nothing() throws Exception {
        Secrets secrets = revealed("abcdef", "defghi", "cdef", "xxxx");
        assertThat(secrets.redact("_abcdefghi_")).isEqualTo("_***_");
        assertThat(secrets.redact("_abcdeghi_")).isEqualTo("_abcdeghi_");
        assertThat(secrets.redact("xxxxxxx!")).isEqualTo("***!");
        assertThat(secrets.redact("xxx xxxx xxx")).isEqualTo("xxx *** xxx");
    }

    @Test
    void what_looks_like_no_secret_stays_to_the_byte() throws Exception {
        Secrets secrets = revealed("abcdef");
        String halves = "\ud800 é 世 abcde";
        assertThat(secrets.redact(halves)).isSameAs(halves);
        assertThat(secrets.redact("世\u0000abcdef世")).isEqualTo("世\u0000***世");
    }

    @Test
    void only_so_many_values_are_remembered() throws Exception {
        int[] count = {0};
        Secrets secrets = new Secrets(new SecretSource() {
            @Override
            public Optional<String> find(String name) {
                return Optional.of("rotating-" + count[0]++);
            }

            @Override
            public String remedy(String name) {
                return "";
            }
        });
        Map<String, Object> arguments = map("x", secrets.placeholder("KEY"));
        for (int i = 0; i < 1_010; i++) {
            secrets.reveal(arguments);
        }
        assertThat(secrets.redact("rotating-1009 rotating-500")).isEqualTo("*** ***");
        assertThat(secrets.redact("rotating-7;")).isEqualTo("rotating-7;");
    }

    @Test
    void a_stream_is_redacted_the_same_wherever_it_is_cut() throws Exception {
        Secrets secrets = revealed("abcabcabd", "cabd-é", "12345678");
        String text = "xabcabcabcabd-é12345678/abcabcab abcabcab";
        String expected = secrets.redact(text);
        assertThat(expected).isEqualTo("xabc***/abcabcab abcabcab");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(output(secrets, bytes, first, second))
                        .as("%d %d", first, second)
                        .isEqualTo(expected);
            }
        }
    }

    private String output(Secrets secrets, byte[] bytes, int... cuts) throws IOException {
        try (BoundedOutput output = secrets.output(new OutputLimits(10, 1_000), directory)) {
            int from = 0;
            for (int cut : cuts) {
                output.stream().write(bytes, from, cut - from);
                from = cut;
            }
            output.stream().write(bytes, from, bytes.length - from);
            return (String) Json.read(Json.write(output));
        }
    }

    @Test
    void random_streams_cut_at_random_are_redacted_as_a_whole_would_be() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String[] values = new String[1 + random.nextInt(4)];
            for (int i = 0; i < values.length; i++) {
                values[i] = letters(random, 4 + random.nextInt(6));
            }
            Secrets secrets = revealed(values);
            String text = letters(random, random.nextInt(300));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int[] cuts = random.ints(random.nextInt(10), 0, bytes.length + 1)
                    .sorted()
                    .toArray();
            String shown = output(secrets, bytes, cuts);
            assertThat(shown).as("seed %d", seed).isEqualTo(secrets.redact(text));
            assertThat(values).as("seed %d", seed).noneMatch(shown::contains);
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(2)));
        }
        return letters.toString();
    }

    @Test
    void where_an_output_is_cut_no_half_of_a_secret_is_left() throws Exception {
        Secrets secrets = revealed("abcdefghij");
        byte[] bytes = "12345 abcdefghij 67890".getBytes(StandardCharsets.UTF_8);
        for (int limit = 0; limit < 30; limit++) {
            try (BoundedOutput output = secrets.output(new OutputLimits(0, limit), directory)) {
                output.stream().write(bytes);
                assertThat(output.tail(100)).doesNotContain("a");
                assertThat(output.truncated()).isEqualTo(limit < "12345 *** 67890".length());
                assertThat(output.totalBytes()).isEqualTo(bytes.length);
                assertThat(output.keptBytes()).isEqualTo(Math.min(limit, 15));
            }
        }
    }

    @Test
    void where_a_tool_has_cut_a_text_no_half_of_a_secret_is_left() throws Exception {
        String secret = "correct hörse";
        Secrets secrets = revealed(secret);
        byte[] bytes = ("said: " + secret).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= bytes.length; length++) {
            String excerpt = new String(bytes, 0, length, StandardCharsets.UTF_8);
            String shown = String.valueOf(secrets.redactExcerpts(Map.of("body", excerpt)));
            assertThat(shown).isEqualTo(length < 10 ? "{body=" + excerpt + "}" : "{body=said: ***}");
        }
        assertThat(secrets.redactExcerpts("as core as ever\ufffd")).isEqualTo("as core as ever\ufffd");
        assertThat(secrets.redactExcerpts(7L)).isEqualTo(7L);
    }

    @Test
    void long_output_with_the_beginning_of_a_secret_at_every_byte_is_passed_on() throws Exception {
        String secret = "a".repeat(5_000) + "b";
        Secrets secrets = revealed(secret);
        byte[] bytes = ("a".repeat(20_000) + "c").getBytes(StandardCharsets.UTF_8);
        try (BoundedOutput output = secrets.output(OutputLimits.DEFAULT, directory)) {
            output.stream().write(bytes);
            output.stream().write(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(output.open().readAllBytes())
                    .isEqualTo(("a".repeat(20_000) + "c***").getBytes(StandardCharsets.UTF_8));
            assertThat(output.keptBytes()).isEqualTo(20_004);
        }
    }
}
