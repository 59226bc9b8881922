package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryTest {

    private static final Failure IO = Failure.retryable("IO", "broken pipe");
    private static final Failure TIMEOUT = Failure.retryable(Failure.TIMEOUT, "took longer than 1 s");

    private static RetryPolicy policy(int maxRetries, Duration delay, double backoff, double jitter) {
        return new RetryPolicy(maxRetries, delay, backoff, jitter, Duration.ofMinutes(5), List.of(), List.of());
    }

    private static Scenario withPolicy(RetryPolicy policy) {
        return given(p -> p.task("a", t -> t.tool("x").retry(policy))).starts("a");
    }

    private static OptionalLong delay(RetryPolicy policy, Failure failure, int failures) {
        return RetryDecision.delay(policy, failure, failures, 1L << 63);
    }

    @Test
    void a_failed_attempt_is_retried_after_its_backoff() {
        withPolicy(policy(3, Duration.ofSeconds(10), 1, 0))
                .fails("a", IO)
                .then("attempt failed a #1 IO", "retry of a in 10000 ms")
                .thenIs(TaskStatus.QUEUED, "a")
                .after(Duration.ofMillis(9_999))
                .retryDue("a")
                .thenNothing()
                .after(Duration.ofMillis(1))
                .retryDue("a")
                .then("queued a")
                .starts("a")
                .then("started a #2")
                .retryDue("a")
                .thenNothing();
    }

    @Test
    void the_failure_after_the_last_retry_is_final() {
        withPolicy(policy(1, Duration.ZERO, 1, 0))
                .fails("a", IO)
                .then("attempt failed a #1 IO", "retry of a in 0 ms")
                .retryDue("a")
                .starts("a")
                .fails("a", IO)
                .then("attempt failed a #2 IO", "failed a IO", "stopping: failure of a", "FAILED IO at a");
    }

    @Test
    void without_retries_the_first_failure_is_final() {
        withPolicy(RetryPolicy.NONE).fails("a", IO).thenAmongOthers("failed a IO");
    }

    @Test
    void a_failure_that_no_attempt_can_mend_is_not_retried() {
        withPolicy(policy(9, Duration.ZERO, 1, 0))
                .fails("a", Failure.permanent("INVALID_ARGUMENTS", "url is missing"))
                .thenAmongOthers("failed a INVALID_ARGUMENTS");
    }

    @Test
    void an_attempt_that_ran_into_its_timeout_is_retried_like_others_and_then_timed_out() {
        withPolicy(policy(1, Duration.ZERO, 1, 0))
                .fails("a", TIMEOUT)
                .then("attempt failed a #1 TIMEOUT", "retry of a in 0 ms")
                .retryDue("a")
                .starts("a")
                .fails("a", TIMEOUT)
                .then("attempt failed a #2 TIMEOUT", "timed out a", "stopping: failure of a", "FAILED TIMEOUT at a")
                .thenIs(TaskStatus.TIMED_OUT, "a");
    }

    @Test
    void the_failure_of_the_last_attempt_is_what_the_task_tells() {
        Scenario scenario = withPolicy(policy(1, Duration.ZERO, 1, 0))
                .fails("a", IO)
                .retryDue("a")
                .starts("a")
                .fails("a", TIMEOUT);
        assertThat(scenario.state().taskFailure(0)).contains(TIMEOUT);
        assertThat(scenario.state().countedFailures(0)).isEqualTo(2);
        assertThat(scenario.state().tally.failedAttempts).isEqualTo(2);
        assertThat(scenario.state().runMicros(0)).isEqualTo(2_000);
    }

    @Test
    void only_the_codes_that_the_policy_names_are_retried() {
        RetryPolicy policy =
                new RetryPolicy(3, Duration.ZERO, 1, 0, Duration.ZERO, List.of("HTTP_5*", "TIMEOUT"), List.of());
        assertThat(delay(policy, Failure.retryable("HTTP_503", ""), 1)).isPresent();
        assertThat(delay(policy, TIMEOUT, 1)).isPresent();
        assertThat(delay(policy, Failure.retryable("TIMEOUTS", ""), 1)).isEmpty();
        assertThat(delay(policy, Failure.retryable("HTTP_404", ""), 1)).isEmpty();
        assertThat(delay(policy, Failure.permanent("HTTP_503", ""), 1)).isEmpty();
    }

    @Test
    void the_first_rule_that_matches_says_how_often_and_when() {
        RetryPolicy policy = new RetryPolicy(
                1,
                Duration.ofSeconds(1),
                1,
                0,
                Duration.ofHours(1),
                List.of("IO"),
                List.of(
                        new RetryPolicy.Rule(
                                List.of("HTTP_429"), OptionalInt.of(5), Optional.of(Duration.ofSeconds(30))),
                        new RetryPolicy.Rule(List.of("HTTP_*"), OptionalInt.of(0), Optional.empty()),
                        new RetryPolicy.Rule(List.of("LOCK*"), OptionalInt.empty(), Optional.empty())));
        assertThat(delay(policy, Failure.retryable("HTTP_429", ""), 5)).hasValue(30_000_000);
        assertThat(delay(policy, Failure.retryable("HTTP_429", ""), 6)).isEmpty();
        assertThat(delay(policy, Failure.retryable("HTTP_500", ""), 1)).isEmpty();
        assertThat(delay(policy, Failure.retryable("LOCKED", ""), 1)).hasValue(1_000_000);
        assertThat(delay(policy, Failure.retryable("LOCKED", ""), 2)).isEmpty();
        assertThat(delay(policy, IO, 1)).hasValue(1_000_000);
    }

    @Test
    void each_delay_is_the_one_before_times_the_backoff_up_to_the_longest() {
        RetryPolicy policy =
                new RetryPolicy(1_000, Duration.ofMillis(100), 3, 0, Duration.ofSeconds(2), List.of(), List.of());
        assertThat(delay(policy, IO, 1)).hasValue(100_000);
        assertThat(delay(policy, IO, 2)).hasValue(300_000);
        assertThat(delay(policy, IO, 3)).hasValue(900_000);
        assertThat(delay(policy, IO, 4)).hasValue(2_000_000);
        assertThat(delay(policy, IO, 1_000)).hasValue(2_000_000);
    }

    @Test
    void an_unbounded_delay_ends_within_a_year_and_none_stays_none() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        RetryPolicy policy = new RetryPolicy(1_000, forever, 10, 1, forever, List.of(), List.of());
        assertThat(delay(policy, IO, 1_000)).hasValue(365L * 24 * 3_600 * 1_000_000);
        RetryPolicy none = new RetryPolicy(1_000, Duration.ZERO, 10, 1, forever, List.of(), List.of());
        assertThat(delay(none, IO, 1_000)).hasValue(0);
    }

    @Test
    void jitter_stays_within_its_bounds_and_uses_them() {
        RetryPolicy policy = policy(1, Duration.ofSeconds(1), 1, 0.25);
        SplittableRandom random = new SplittableRandom(1);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long drawn = RetryDecision.delay(policy, IO, 1, random.nextLong()).getAsLong();
            assertThat(drawn).isBetween(750_000L, 1_250_000L);
            least = Math.min(least, drawn);
            most = Math.max(most, drawn);
        }
        assertThat(least).isLessThan(760_000);
        assertThat(most).isGreaterThan(1_240_000);
    }

    @Test
    void jitter_never_goes_beyond_the_longest_delay() {
        RetryPolicy policy =
                new RetryPolicy(1, Duration.ofSeconds(1), 1, 1, Duration.ofSeconds(1), List.of(), List.of());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(RetryDecision.delay(policy, IO, 1, random.nextLong()).getAsLong())
                    .isBetween(0L, 1_000_000L);
        }
    }

    @Test
    void chance_depends_on_seed_task_generation_and_failure_alone() {
        long drawn = RetryDecision.random(1, 2, 3, 4);
        assertThat(RetryDecision.random(1, 2, 3, 4)).isEqualTo(drawn);
        assertThat(List.of(
                        RetryDecision.random(2, 2, 3, 4),
                        RetryDecision.random(1, 3, 3, 4),
                        RetryDecision.random(1, 2, 4, 4),
                        RetryDecision.random(1, 2, 3, 5)))
                .doesNotContain(drawn)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_called_side_can_ask_for_a_longer_delay_within_a_year() {
        RetryPolicy policy = policy(1, Duration.ofSeconds(10), 1, 0);
        assertThat(delay(policy, new Failure("HTTP_429", "", true, 30_000_000, Payload.EMPTY_OBJECT), 1))
                .hasValue(30_000_000);
        assertThat(delay(policy, new Failure("HTTP_429", "", true, 3_000_000, Payload.EMPTY_OBJECT), 1))
                .hasValue(10_000_000);
        assertThat(delay(policy, new Failure("HTTP_429", "", true, Long.MAX_VALUE, Payload.EMPTY_OBJECT), 1))
                .hasValue(365L * 24 * 3_600 * 1_000_000);
    }
}
