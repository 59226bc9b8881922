package dev.ropewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The small things that states and events are made of.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValuesTest {

    @Test
    void ranges_hold_their_tasks_in_order() {
        TaskRanges.Builder builder = new TaskRanges.Builder();
        assertThat(builder.isEmpty()).isTrue();
        List<Integer> tasks = List.of(3, 4, 5, 9, 1, 2, 7, 20, 22, 24, 26);
        tasks.forEach(builder::add);
        TaskRanges ranges = builder.build();
        List<Integer> walked = new ArrayList<>();
        ranges.forEach(walked::add);
        assertThat(walked).isEqualTo(tasks);
        assertThat(ranges.size()).isEqualTo(tasks.size());
        assertThat(TaskRanges.of(3).size()).isEqualTo(1);
        assertThat(ranges).hasToString("[3, 5, 9, 9, 1, 2, 7, 7, 20, 20, 22, 22, 24, 24, 26, 26]");
    }

    @Test
    void ranges_with_the_same_bounds_are_equal() {
        assertThat(new TaskRanges(1, 2)).isEqualTo(new TaskRanges(1, 2)).hasSameHashCodeAs(new TaskRanges(1, 2));
        assertThat(new TaskRanges(1, 2)).isNotEqualTo(new TaskRanges(1, 3)).isNotEqualTo("[1, 2]");
    }

    @Test
    void a_queue_gives_out_what_came_first_however_it_grows() {
        IntQueue queue = new IntQueue();
        SplittableRandom random = new SplittableRandom(3);
        int in = 0;
        int out = 0;
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(5) < 3) {
                queue.add(in++);
            } else if (!queue.isEmpty()) {
                assertThat(queue.take()).isEqualTo(out++);
            }
        }
        int[] rest = queue.drain();
        assertThat(rest).hasSize(in - out).startsWith(out).endsWith(in - 1);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.drain()).isEmpty();
    }

    @Test
    void a_value_out_of_line_equals_another_with_the_same_digest() {
        StoredValue value = external("b1", new byte[] {1});
        assertThat(value).isEqualTo(external("b1", new byte[] {1})).hasSameHashCodeAs(external("b1", new byte[] {1}));
        assertThat(value).isNotEqualTo(external("b2", new byte[] {1})).isNotEqualTo(external("b1", new byte[] {2}));
        assertThat(value).isNotEqualTo(StoredValue.NULL);
        assertThat(value).hasToString("application/json in blob b1 (70000 bytes)");
    }

    private static StoredValue external(String blob, byte[] digest) {
        return new StoredValue.External("x", blob, 70_000, digest, Payload.JSON, "identity");
    }

    @Test
    void a_use_says_what_was_used() {
        ResourceUse use = new ResourceUse("memory", "bytes", 5_000, 0);
        assertThat(use).isEqualTo(new ResourceUse("memory", "bytes", 5_000, 0));
    }
}
