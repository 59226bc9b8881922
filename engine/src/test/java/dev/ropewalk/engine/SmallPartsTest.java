package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineOptions;
import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SmallPartsTest {

    private static LiveExecution execution(String id, Optional<String> key) {
        ExecutionPlan plan =
                ExecutionPlan.named("w").task("t", t -> t.tool("x")).build();
        Admission admission =
                new Admission(1, "", id, "w", "", new byte[32], Optional.empty(), key, new byte[32], List.of(), "{}");
        return new LiveExecution(
                admission,
                new ExecutionState(plan),
                new PreparedPlans(KnownResources.NONE).prepare(plan).facts(),
                "",
                new byte[32]);
    }

    private static EngineOptions options(int count, Duration grace, int inline) {
        return new EngineOptions(count, 1, 1, 1, grace, inline, 1, 1, 1, Path.of("target"));
    }

    @Test
    void timers_come_by_time_and_those_of_one_time_in_the_order_in_which_they_were_set() {
        Timers timers = new Timers();
        LiveExecution execution = execution("x", Optional.empty());
        timers.set(20, Timers.Kind.RETRY, execution, 2, 0);
        timers.set(10, Timers.Kind.RETRY, execution, 0, 0);
        timers.set(10, Timers.Kind.ABANDON, execution, 1, 0);

        assertThat(timers.nextDue()).isEqualTo(10);
        assertThat(timers.take(9)).isNull();
        assertThat(List.of(timers.take(20), timers.take(20), timers.take(20)))
                .extracting(Timers.Timer::task)
                .containsExactly(0, 1, 2);
        assertThat(timers.take(20)).isNull();
        assertThat(timers.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_clock_never_goes_back() {
        WallClock clock = new WallClock();

        List<Long> times =
                IntStream.range(0, 10_000).mapToObj(_ -> clock.micros()).toList();

        assertThat(times).isSorted();
    }

    @Test
    void ids_are_of_version_7_and_sort_by_time() {
        UUID early = UUID.fromString(Uuid7.next(1_700_000_000_000_000L));
        UUID late = UUID.fromString(Uuid7.next(1_700_000_000_001_000L));

        assertThat(early.version()).isEqualTo(7);
        assertThat(early.variant()).isEqualTo(2);
        assertThat(early.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_000L);
        assertThat(early.toString()).isLessThan(late.toString());
    }

    @Test
    void an_inbox_bounds_what_comes_from_outside_and_never_what_the_engine_reports() {
        Inbox inbox = new Inbox(1);
        LoopInput.Cancel cancel = new LoopInput.Cancel("", "x", "", _ -> {});
        LoopInput.LookAll look = new LoopInput.LookAll(_ -> {});

        assertThat(inbox.offer(cancel)).isTrue();
        assertThat(inbox.offer(cancel)).isFalse();
        inbox.put(look);
        inbox.put(new LoopInput.Space(true));

        assertThatThrownBy(() -> inbox.put(cancel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be offered");
        assertThat(inbox.hasUrgent()).isTrue();
        assertThat(inbox.take()).isEqualTo(new LoopInput.Space(true));
        assertThat(inbox.take()).isSameAs(cancel);
        assertThat(inbox.offer(cancel)).isTrue();
        assertThat(inbox.take()).isSameAs(look);
        assertThat(inbox.takeUrgent()).isNull();
    }

    @Test
    void a_submit_that_looked_before_something_left_memory_is_told_to_look_again() {
        LiveExecutions live = new LiveExecutions(0);
        LiveExecution keyed = execution("a", Optional.of("k"));
        live.add(keyed);
        Admission same = keyed.admission();
        Admission otherId = execution("b", Optional.of("k")).admission();
        assertThat(live.refusal(same, 0)).isEqualTo(new Answer.Done("a", true));
        assertThat(live.refusal(otherId, 0)).isEqualTo(new Answer.Done("a", true));

        long removed = live.remove(keyed);

        assertThat(live.refusal(same, 0)).isEqualTo(new Answer.NotHere());
        assertThat(live.refusal(otherId, 0)).isEqualTo(new Answer.NotHere());
        assertThat(live.refusal(same, live.unloads()))
                .as("its end is not in the store yet")
                .isEqualTo(new Answer.NotHere());

        live.endIsDurable(removed);

        assertThat(live.refusal(same, live.unloads())).isNull();
        assertThat(live.refusal(execution("c", Optional.empty()).admission(), 0))
                .isNull();
    }

    @Test
    void what_was_forgotten_makes_every_older_look_worthless() {
        LiveExecutions live = new LiveExecutions(0);
        for (int i = 0; i < 100_002; i++) {
            LiveExecution execution = execution("e" + i, Optional.of("k" + i));
            live.add(execution);
            live.remove(execution);
        }
        Admission fresh = execution("fresh", Optional.empty()).admission();

        assertThat(live.refusal(fresh, 0)).isEqualTo(new Answer.NotHere());
        assertThat(live.refusal(fresh, 2)).isNull();
    }

    @Test
    void an_attempt_stops_once_runs_its_callbacks_first_and_is_left_alone_after_its_end() throws Exception {
        List<String> reports = new ArrayList<>();
        RunningAttempt attempt = attempt(reports);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        attempt.onCancel(() -> reports.add("forgotten")).close();
        attempt.onCancel(called::countDown);

        attempt.stop(StopCause.TIMEOUT);
        attempt.stop(StopCause.SHUTDOWN);

        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(attempt.cancelled()).isTrue();
        assertThat(attempt.stopCause()).contains(StopCause.TIMEOUT);
        attempt.onCancel(late::countDown).close();
        assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> attempt.runOn(Thread.currentThread())).isInstanceOf(InterruptedException.class);
        attempt.end();
        assertThat(reports).containsExactly("ended");
    }

    @Test
    void after_its_end_an_attempt_takes_no_more_callbacks_and_cannot_be_stopped() {
        RunningAttempt attempt = attempt(new ArrayList<>());
        attempt.end();

        attempt.onCancel(() -> {}).close();
        attempt.stop(StopCause.CANCELLED);

        assertThat(attempt.cancelled()).isFalse();
        assertThat(attempt.deadline()).contains(Instant.EPOCH);
        assertThat(attempt.grace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempt.processMark()).isEqualTo("s/x/t/0/1");
    }

    @Test
    void progress_is_clipped_to_what_a_fraction_can_be() {
        List<String> reports = new ArrayList<>();
        RunningAttempt attempt = attempt(reports);

        attempt.progress(Double.NaN, "");
        attempt.progress(-1, "");
        attempt.progress(7, "done");
        attempt.log(MessageLevel.INFO, "hello");

        assertThat(reports).containsExactly("0.0 ", "0.0 ", "1.0 done", "INFO hello");
    }

    private static RunningAttempt attempt(List<String> reports) {
        RunningAttempt.Identity identity = new RunningAttempt.Identity(
                "x", "t", 1, "x/t/0", "s/x/t/0/1", Optional.of(Instant.EPOCH), Duration.ofSeconds(1), Optional::empty);
        AttemptReports notes = new AttemptReports() {
            @Override
            public void progress(double fraction, String message) {
                reports.add(fraction + " " + message);
            }

            @Override
            public void message(MessageLevel level, String text) {
                reports.add(level + " " + text);
            }

            @Override
            public void ended() {
                reports.add("ended");
            }
        };
        return new RunningAttempt(identity, notes, () -> {
            throw new IllegalStateException("no output");
        });
    }

    @Test
    void what_an_attempt_s_end_means_for_the_one_that_is_stopped() {
        assertThat(StopCause.of(AttemptEnd.LOST)).isEqualTo(StopCause.CANCELLED);
        assertThat(StopCause.of(AttemptEnd.CANCELLED)).isEqualTo(StopCause.CANCELLED);
        assertThat(StopCause.of(AttemptEnd.STEP_RETRY)).isEqualTo(StopCause.STEP_RETRY);
        assertThat(StopCause.of(AttemptEnd.SHUTDOWN)).isEqualTo(StopCause.SHUTDOWN);
    }

    @Test
    void options_that_make_no_sense_are_refused_with_their_name_and_value() {
        assertThatThrownBy(() -> options(0, Duration.ZERO, 0)).hasMessage("maxParallel is 0; it must be at least 1");
        assertThatThrownBy(() -> options(1, Duration.ofMillis(-1), 0)).hasMessageContaining("grace is PT-0.001S");
        assertThatThrownBy(() -> options(1, Duration.ZERO, -1)).hasMessageContaining("inlineLimit is -1");
        assertThat(EngineOptions.DEFAULT.withMaxParallel(3).maxParallel()).isEqualTo(3);
        assertThatThrownBy(() -> new Usage("tokens", "tokens", -1, 0)).hasMessageContaining("tokens");
    }
}
