package dev.ropewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How messages show what they found.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "fetch, fetch, 0",
        "fetsh, fetch, 1",
        "ftech, fetch, 1",
        "fetc, fetch, 1",
        "fetchs, fetch, 1",
        "'', fetch, 5",
        "abc, xyz, 3"
    })
    void the_distance_counts_insertions_deletions_replacements_and_swaps(String a, String b, int distance) {
        assertThat(DidYouMean.distance(a, b)).isEqualTo(distance);
        assertThat(DidYouMean.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void the_nearest_name_is_meant_if_it_is_near() {
        List<String> known = List.of("maxRetries", "retry", "timeout", "a-very-long-name-indeed");

        assertThat(DidYouMean.closest("MaxRetry", known)).isEmpty();
        assertThat(DidYouMean.closest("maxretries", known)).contains("maxRetries");
        assertThat(DidYouMean.closest("retyr", known)).contains("retry");
        assertThat(DidYouMean.closest("x", known)).isEmpty();
        assertThat(DidYouMean.closest("", known)).isEmpty();
        assertThat(DidYouMean.closest("x".repeat(10_000_000), known)).isEmpty();
    }

    @Test
    void of_a_huge_choice_only_the_beginning_is_looked_at() {
        List<String> known = IntStream.range(0, 20_000).mapToObj(i -> "t" + i).toList();

        assertThat(DidYouMean.closest("t 19999", known)).isNotEqualTo("t19999");
    }

    @Test
    void a_list_shows_the_first_names() {
        List<String> known = IntStream.range(0, 1_008).mapToObj(i -> "t" + i).toList();

        assertThat(DidYouMean.list(known.subList(0, 2))).isEqualTo("\"t0\", \"t1\"");
        assertThat(DidYouMean.list(known)).endsWith("\"t7\" and 1,000 more");
    }

    @Test
    void quoted_text_cannot_play_tricks() {
        assertThat(Quoted.of("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(Quoted.of("a\n\u001B[2J\u202E\u2028\uD83D"))
                .isEqualTo("\"a\\u{A}\\u{1B}[2J\\u{202E}\\u{2028}\\u{D83D}\"");
        assertThat(Quoted.of("Straße \uD83D\uDE00")).isEqualTo("\"Straße \uD83D\uDE00\"");
        assertThat(Quoted.of("\uE000\uFFFF")).isEqualTo("\"\\u{E000}\\u{FFFF}\"");
    }

    @Test
    void places_are_written_as_in_the_plan_file() {
        Location at = Location.ROOT.key("steps").index(0).key("with").key("a.b");

        assertThat(at).hasToString("steps[0].with[\"a.b\"]");
        assertThat(Location.ROOT).hasToString("");
        assertThat(at.outermost()).hasToString("steps");
    }
}
