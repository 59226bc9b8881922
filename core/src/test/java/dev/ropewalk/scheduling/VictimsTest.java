package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.scheduling.Victims.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VictimsTest {

    private static Candidate<String> candidate(String name, long cost, long... frees) {
        return new Candidate<>(name, cost, frees);
    }

    @Test
    void one_that_frees_enough_is_better_than_two_cheaper_ones_that_cost_more_together() {
        assertThat(Victims.cheapest(
                        List.of(candidate("a", 3, 2), candidate("b", 3, 2), candidate("c", 5, 4)), new long[] {4}))
                .containsExactly("c");
        assertThat(Victims.cheapest(
                        List.of(candidate("a", 2, 2), candidate("b", 2, 2), candidate("c", 5, 4)), new long[] {4}))
                .containsExactly("a", "b");
    }

    @Test
    void nobody_stops_if_all_together_do_not_free_enough_of_everything() {
        assertThat(Victims.cheapest(List.of(candidate("a", 1, 9, 1), candidate("b", 1, 9, 1)), new long[] {1, 3}))
                .isEmpty();
        assertThat(Victims.cheapest(List.<Candidate<String>>of(), new long[] {1}))
                .isEmpty();
    }

    @Test
    void nobody_stops_for_what_is_not_short() {
        assertThat(Victims.cheapest(List.of(candidate("a", 1, 9)), new long[] {0}))
                .isEmpty();
    }

    @Test
    void who_holds_nothing_of_what_is_short_goes_on() {
        assertThat(Victims.cheapest(
                        List.of(candidate("cpu", 1, 0, 8), candidate("gpu", 100, 1, 0)), new long[] {1, -3}))
                .containsExactly("gpu");
    }

    @Test
    void the_choice_costs_as_little_as_the_best_of_all_sets() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        for (int round = 0; round < 2_000; round++) {
            int dimensions = 1 + random.nextInt(3);
            List<Candidate<Integer>> candidates = new ArrayList<>();
            for (int i = 0; i < random.nextInt(10); i++) {
                long[] frees = random.longs(dimensions, 0, 5).toArray();
                candidates.add(new Candidate<>(i, random.nextLong(0, 20), frees));
            }
            long[] shortage = random.longs(dimensions, -2, 9).toArray();

            List<Integer> chosen = Victims.cheapest(candidates, shortage);

            long best = bestCost(candidates, shortage);
            if (best == Long.MAX_VALUE || best == 0) {
                assertThat(cost(candidates, chosen)).isZero();
            } else {
                assertThat(covers(candidates, chosen, shortage)).isTrue();
                assertThat(cost(candidates, chosen)).isEqualTo(best);
            }
        }
    }

    @Test
    void among_very_many_candidates_the_choice_still_frees_enough() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<Candidate<Integer>> candidates = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            candidates.add(new Candidate<>(i, 1 + random.nextLong(1_000), new long[] {1 + random.nextLong(10)}));
        }
        long[] shortage = {100};
        assertThat(covers(candidates, Victims.cheapest(candidates, shortage), shortage))
                .isTrue();
    }

    private static long bestCost(List<Candidate<Integer>> candidates, long[] shortage) {
        long best = Long.MAX_VALUE;
        for (int set = 0; set < 1 << candidates.size(); set++) {
            List<Integer> members = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                if ((set >> i & 1) == 1) {
                    members.add(i);
                }
            }
            if (covers(candidates, members, shortage)) {
                best = Math.min(best, cost(candidates, members));
            }
        }
        return best;
    }

    private static long cost(List<Candidate<Integer>> candidates, List<Integer> members) {
        return members.stream().mapToLong(i -> candidates.get(i).cost()).sum();
    }

    private static boolean covers(List<Candidate<Integer>> candidates, List<Integer> members, long[] shortage) {
        for (int k = 0; k < shortage.length; k++) {
            int dimension = k;
            long freed = members.stream()
                    .mapToLong(i -> candidates.get(i).frees()[dimension])
                    .sum();
            if (freed < shortage[k]) {
                return false;
            }
        }
        return true;
    }
}
