package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RestartPolicyTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may wrap around
    private final RestartPolicy policy = new RestartPolicy(now::get, new SplittableRandom(7));

    /// The shortest time that a caller has to stay away.
    private Duration heldBackFor() {
        return Stream.generate(policy::delay)
                .limit(100)
                .map(delay -> delay.orElse(Duration.ZERO))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void a_new_server_and_one_that_failed_once_may_start_at_once() {
        assertThat(policy.delay()).isEmpty();

        policy.failed();

        assertThat(policy.delay()).isEmpty();
    }

    @Test
    void the_delay_doubles_with_each_further_failure_up_to_half_a_minute() {
        policy.failed();
        List<Duration> delays = IntStream.range(0, 12)
                .mapToObj(_ -> {
                    policy.failed();
                    return heldBackFor();
                })
                .toList();

        for (int i = 0; i < delays.size(); i++) {
            long longest = Math.min(500L << i, 30_000);
            assertThat(delays.get(i)).isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    void it_ends_when_its_time_is_over() {
        policy.failed();
        policy.failed();
        assertThat(policy.delay()).isPresent();

        now.addAndGet(Duration.ofMillis(500).toNanos());

        assertThat(policy.delay()).isEmpty();
    }

    @Test
    void a_success_makes_good_all_failures() {
        policy.failed();
        policy.failed();
        policy.failed();

        policy.succeeded();

        assertThat(policy.delay()).isEmpty();
        policy.failed();
        assertThat(policy.delay()).isEmpty();
    }

    @Test
    void callers_do_not_come_back_in_one_wave() {
        policy.failed();
        policy.failed();

        assertThat(Stream.generate(policy::delay).limit(1_000).distinct().count())
                .isGreaterThan(900);
    }
}
