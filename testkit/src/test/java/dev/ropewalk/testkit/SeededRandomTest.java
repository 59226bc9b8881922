package dev.ropewalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SeededRandomTest {

    @Test
    void the_numbers_of_a_seed_are_the_same_for_ever() {
        SeededRandom random = new SeededRandom(1234567);

        assertThat(LongStream.generate(random::next).limit(5))
                .containsExactly(
                        6457827717110365317L,
                        3203168211198807973L,
                        -8629252141511181193L,
                        4593380528125082431L,
                        -2037821214251327795L);
    }

    @Test
    void several_keys_give_one_seed() {
        assertThat(SeededRandom.of(1, 2).next()).isEqualTo(SeededRandom.of(1, 2).next());
        assertThat(SeededRandom.of(1, 2).next())
                .isNotEqualTo(SeededRandom.of(2, 1).next());
        assertThat(SeededRandom.of(1).next()).isNotEqualTo(SeededRandom.of(1, 0).next());
    }

    @Test
    void numbers_stay_within_their_bounds_and_reach_them() {
        SeededRandom random = new SeededRandom(7);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(random.below(5), 1, Integer::sum);
            assertThat(random.between(-2, 2)).isBetween(-2L, 2L);
            assertThat(random.skewed(10, 1_000)).isBetween(10L, 1_000L);
            assertThat(random.pick(List.of("a", "b"))).isIn("a", "b");
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1_800, 2_200));
    }

    @Test
    void a_skewed_number_is_as_often_below_the_geometric_mean_as_above() {
        SeededRandom random = new SeededRandom(7);

        long below = LongStream.generate(() -> random.skewed(1, 1_000_000))
                .limit(10_000)
                .filter(number -> number < 1_000)
                .count();

        assertThat(below).isBetween(4_700L, 5_300L);
    }

    @Test
    void a_chance_in_percent_is_what_it_says() {
        SeededRandom random = new SeededRandom(7);
        int hits = 0;
        for (int i = 0; i < 10_000; i++) {
            hits += random.percent(30) ? 1 : 0;
        }
        assertThat(hits).isBetween(2_800, 3_200);
    }
}
