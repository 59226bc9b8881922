package dev.ropewalk.tool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FieldsTest {

    @Test
    void settings_are_read_in_the_units_that_people_write() {
        Fields fields = Fields.ofSettings(
                "http",
                Map.ofEntries(
                        Map.entry("ms", "500ms"),
                        Map.entry("s", "10s"),
                        Map.entry("m", "5m"),
                        Map.entry("h", "2h"),
                        Map.entry("d", "7d"),
                        Map.entry("B", "5B"),
                        Map.entry("KB", "5KB"),
                        Map.entry("MB", "5MB"),
                        Map.entry("GB", "5GB"),
                        Map.entry("KiB", "5KiB"),
                        Map.entry("MiB", "5MiB"),
                        Map.entry("GiB", "5GiB"),
                        Map.entry("plain", 77L)));

        assertThat(List.of("ms", "s", "m", "h", "d"))
                .map(name -> fields.duration(name, Duration.ZERO))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        Duration.ofHours(2),
                        Duration.ofDays(7));
        assertThat(List.of("B", "KB", "MB", "GB", "KiB", "MiB", "GiB", "plain"))
                .map(name -> fields.size(name, 0))
                .containsExactly(5L, 5_000L, 5_000_000L, 5_000_000_000L, 5L << 10, 5L << 20, 5L << 30, 77L);
        assertThat(fields.duration("other", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(fields.size("other", 9)).isEqualTo(9);
        assertThatCode(fields::refuseSettings).doesNotThrowAnyException();
    }

    @Test
    void every_problem_of_the_settings_names_the_setting_the_value_and_what_would_do() {
        Fields fields = Fields.ofSettings(
                "http",
                Map.of(
                        "wait", "soon", "pause", "0s", "size", "big", "none", 0L, "flag", "yes", "count", 1.5, "list",
                        3L, "map", List.of(), "typo", 1L));
        fields.duration("wait", Duration.ZERO);
        fields.duration("pause", Duration.ZERO);
        fields.size("size", 1);
        fields.size("none", 1);
        assertThat(fields.flag("flag", true)).isTrue();
        assertThat(fields.number("count", 1, 5, 3)).isEqualTo(3);
        assertThat(fields.list("list")).isEmpty();
        assertThat(fields.map("map")).isEmpty();
        fields.refuseOthers();

        assertThatThrownBy(fields::refuseSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tools.http.wait is \"soon\" but must be a duration such as 500ms, 10s or 5m; "
                                + "tools.http.pause is \"0s\" but must be a duration such as 500ms, 10s or 5m; "
                                + "tools.http.size is \"big\" but must be a size such as 64KiB or 10MiB; "
                                + "tools.http.none is 0 but must be a size such as 64KiB or 10MiB; "
                                + "tools.http.flag is \"yes\" but must be true or false; "
                                + "tools.http.count is 1.5 but must be a whole number from 1 to 5; "
                                + "tools.http.list is 3 but must be a list; "
                                + "tools.http.map is [] but must be a map; "
                                + "tools.http.typo is not known; there are \"count\", \"flag\", \"list\", \"map\", \"none\", \"pause\", \"size\", \"wait\"");
    }

    @Test
    void a_problem_of_an_argument_does_not_show_the_value() {
        Fields fields = Fields.ofArguments(Map.of("a", "secret", "b", true, "c", 5L, "d", Map.of(), "e", new Thread()));
        fields.flag("a", true);
        fields.text("b");
        fields.text("c");
        fields.text("d");
        fields.scalar("e", fields.value("e"));
        fields.scalar("f", null);

        assertThat(fields.problems())
                .containsExactly(
                        "with.a is text but must be true or false",
                        "with.b is true or false but must be text",
                        "with.c is a number but must be text",
                        "with.d is a map but must be text",
                        "with.e is a Thread but must be text, a number, true or false",
                        "with.f is null but must be text, a number, true or false");
    }

    @Test
    void the_number_of_problems_is_bounded() {
        Fields fields = Fields.ofArguments(Map.of("list", Collections.nCopies(100_000, List.of())));

        assertThat(fields.texts("list")).isEmpty();

        assertThat(fields.problems()).hasSize(20);
        assertThat(IntStream.range(0, 3).mapToObj(i -> fields.problems().get(i)))
                .allMatch(problem -> problem.startsWith("with.list["));
    }

    @Test
    void a_whole_number_may_be_written_with_a_fraction_of_zero_and_must_be_within_bounds() {
        assertThat(Fields.isWhole(2.0, 0, 5)).isTrue();
        assertThat(Fields.isWhole(new BigDecimal("1e1"), 0, 10)).isTrue();
        assertThat(Fields.isWhole(new BigDecimal("1e999999999"), 0, 10)).isFalse();
        assertThat(Fields.isWhole(Double.NaN, 0, 5)).isFalse();
        assertThat(Fields.isWhole(-1L, 0, 5)).isFalse();
        assertThat(Fields.isWhole(6L, 0, 5)).isFalse();
    }
}
