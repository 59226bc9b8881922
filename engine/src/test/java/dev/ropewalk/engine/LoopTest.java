package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.store.MemoryStoreProvider;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The loop by hand, step by step: no thread, and time is what the test says.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopTest {

    private static final long GRACE = 1_000;

    private final Store store = new MemoryStoreProvider().open("memory:");
    private final Inbox inbox = new Inbox(100);
    private final ScriptedWork work = new ScriptedWork();
    private final Admissions admissions = new Admissions(store, new WallClock());
    private final PreparedPlans plans = new PreparedPlans(KnownResources.NONE);
    private final List<Answer> answers = new ArrayList<>();
    private Loop loop = loop(new Limits(10, 10, 10, GRACE, 1_000));
    private long now = 1_000_000;

    private Loop loop(Limits limits) {
        return new Loop(
                inbox,
                new InlineLog(new LogAppender(store, work)),
                work,
                limits,
                SchedulerOptions.DEFAULT,
                new ResourceLedger(),
                0);
    }

    private void submit(ExecutionPlan plan, String id) {
        PreparedPlans.Prepared prepared = plans.prepare(plan);
        Admission admission = admissions.of(prepared, SubmitOptions.DEFAULT.withId(id));
        inbox.offer(new LoopInput.Submit(admission, plan, facts(plan), "", 1, loop.unloads(), answers::add));
        loop.step(now);
    }

    private LiveExecution live(String id) {
        return loop.liveExecutions().stream()
                .filter(execution -> execution.admission().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void report(String id, LongFunction<ExecutionCommand> command) {
        inbox.put(new LoopInput.Decide(live(id), command));
        loop.step(now);
    }

    private void succeed(String id, int task, int attempt) {
        report(id, at -> new ExecutionCommand.ReportSuccess(at, task, attempt, StoredValue.NULL, "", 1, List.of()));
    }

    private void fail(String id, int task, int attempt) {
        Failure failure = Failure.permanent("BROKEN", "it broke");
        report(id, at -> new ExecutionCommand.ReportFailure(at, task, attempt, failure, "", 1, List.of()));
    }

    private void stopped(String id, int task, int attempt, AttemptEnd end) {
        report(id, at -> new ExecutionCommand.ReportStopped(at, task, attempt, end));
    }

    private List<String> asked() {
        List<String> all = List.copyOf(work.asked);
        work.asked.clear();
        return all;
    }

    private String status(String id) {
        return store.execution("", id).orElseThrow().status();
    }

    private static ExecutionPlan two(String name) {
        return ExecutionPlan.named(name)
                .task("a", t -> t.tool("x"))
                .task("b", t -> t.tool("x"))
                .build();
    }

    private static PlanFacts facts(ExecutionPlan plan) {
        return PlanFacts.of(plan, DurationEstimates.stated());
    }

    @Test
    void a_plan_runs_no_more_attempts_at_once_than_it_says() {
        submit(
                ExecutionPlan.named("narrow")
                        .maxParallel(1)
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x"))
                        .build(),
                "n");
        assertThat(asked()).containsExactly("start a 1");

        succeed("n", 0, 1);
        assertThat(asked()).containsExactly("start b 1");
    }

    @Test
    void timeouts_of_attempts_that_have_ended_do_not_keep_what_has_left_memory() {
        for (int i = 0; i < 3_000; i++) {
            submit(
                    ExecutionPlan.named("quick")
                            .task("t", t -> t.tool("x").timeout(Duration.ofHours(1)))
                            .build(),
                    "q" + i);
            succeed("q" + i, 0, 1);
        }
        submit(
                ExecutionPlan.named("slow")
                        .task("t", t -> t.tool("x").timeout(Duration.ofHours(1)))
                        .build(),
                "slow");
        asked();

        assertThat(loop.waitingTimers()).isLessThan(1_100);

        now += Duration.ofHours(1).toNanos() / 1_000;
        loop.step(now);
        assertThat(asked()).containsExactly("stop t 1 TIMEOUT");
    }

    @Test
    void an_attempt_that_did_not_stop_in_its_grace_is_given_up_and_its_late_result_is_rejected() {
        submit(
                ExecutionPlan.named("slow")
                        .step(
                                "main",
                                s -> s.onError(OnError.CONTINUE)
                                        .task("a", t -> t.tool("x").timeout(Duration.ofMillis(5)))
                                        .task("b", t -> t.tool("x")))
                        .build(),
                "s");
        now += 5_000;
        long next = loop.step(now);
        assertThat(asked()).containsExactly("start a 1", "start b 1", "stop a 1 TIMEOUT");
        assertThat(next).isEqualTo(now + GRACE);

        now += GRACE;
        loop.step(now);
        assertThat(asked()).containsExactly("abandon a 1");
        assertThat(live("s").state().taskStatus(0)).isEqualTo(TaskStatus.TIMED_OUT);
        assertThat(live("s").state().taskFailure(0).orElseThrow().message())
                .isEqualTo("did not end within its timeout of 5 ms and the grace of 1 ms");

        succeed("s", 0, 1);
        assertThat(work.published.getLast()).isEqualTo(new LogEvent.ResultRejected(now, 0, 1));
        succeed("s", 1, 1);
        assertThat(status("s")).isEqualTo("FAILED");
    }

    @Test
    void an_execution_out_of_time_stops_what_runs_and_gives_it_up_after_the_grace() {
        submit(
                ExecutionPlan.named("late")
                        .timeout(Duration.ofMillis(5))
                        .task("a", t -> t.tool("x"))
                        .build(),
                "l");
        now += 5_000;
        loop.step(now);
        assertThat(asked()).containsExactly("start a 1", "stop a 1 CANCELLED");

        now += GRACE;
        loop.step(now);
        assertThat(asked()).containsExactly("abandon a 1");
        assertThat(status("l")).isEqualTo("TIMED_OUT");
        assertThat(work.unloaded).containsExactly("l");
    }

    @Test
    void a_step_that_runs_again_first_stops_what_runs_in_it() {
        submit(
                ExecutionPlan.named("again")
                        .step(
                                "main",
                                s -> s.mode(StepMode.PARALLEL)
                                        .onError(OnError.RETRY)
                                        .maxRetries(2)
                                        .task("a", t -> t.tool("x"))
                                        .task("b", t -> t.tool("x")))
                        .build(),
                "g");
        fail("g", 0, 1);
        assertThat(asked()).containsExactly("start a 1", "start b 1", "stop b 1 STEP_RETRY");

        stopped("g", 1, 1, AttemptEnd.STEP_RETRY);
        assertThat(asked()).containsExactly("start a 2", "start b 2");
        assertThat(live("g").state().generation(0)).isEqualTo(1);

        fail("g", 0, 2);
        now += GRACE;
        loop.step(now);
        assertThat(asked()).containsExactly("stop b 2 STEP_RETRY", "abandon b 2", "start a 3", "start b 3");
    }

    @Test
    void shutting_down_stops_what_runs_starts_nothing_and_is_done_when_nothing_runs() {
        List<String> idle = new ArrayList<>();
        submit(two("two"), "t");
        inbox.put(new LoopInput.Shutdown(() -> idle.add("idle")));
        loop.step(now);
        assertThat(asked()).containsExactly("start a 1", "start b 1", "stop a 1 SHUTDOWN", "stop b 1 SHUTDOWN");

        stopped("t", 0, 1, AttemptEnd.SHUTDOWN);
        assertThat(idle).isEmpty();
        now += GRACE;
        loop.step(now);

        assertThat(asked()).containsExactly("abandon b 1");
        assertThat(idle).containsExactly("idle");
        assertThat(status("t")).isEqualTo("RUNNING");
        submit(two("late"), "u");
        assertThat(answers.getLast())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("SHUTTING_DOWN"));
    }

    @Test
    void an_execution_that_meets_a_bug_is_quarantined_and_gives_its_place_to_the_next() {
        loop = loop(new Limits(10, 1, 10, GRACE, 1_000));
        work.broken = "bad";
        submit(two("good"), "first");
        submit(two("bad"), "bad");
        submit(two("good"), "last");
        succeed("first", 0, 1);
        succeed("first", 1, 1);

        assertThat(work.quarantined).containsExactly("bad: a bug");
        assertThat(loop.liveExecutions())
                .extracting(live -> live.admission().id())
                .containsExactly("last");
        assertThat(asked()).containsExactly("start a 1", "start b 1", "start a 1", "start b 1");
        succeed("last", 0, 1);
        succeed("last", 1, 1);
        assertThat(status("last")).isEqualTo(ExecutionStatus.COMPLETED.name());
    }

    @Test
    void without_space_new_work_is_refused_and_outcomes_wait_until_there_is_space() {
        submit(two("two"), "t");
        inbox.put(new LoopInput.Space(true));
        succeed("t", 0, 1);
        submit(two("two"), "refused");
        List<String> seen = new ArrayList<>();
        inbox.offer(new LoopInput.Cancel("", "t", "x", answers::add));
        inbox.offer(new LoopInput.Look("", "t", live -> seen.add("look"), answers::add));
        inbox.put(new LoopInput.LookAll(all -> seen.add("all " + all.size())));
        loop.step(now);

        assertThat(answers.subList(1, 4))
                .containsExactly(Refusals.STORAGE_FULL, Refusals.STORAGE_FULL, new Answer.NotHere());
        assertThat(seen).containsExactly("all 1");
        assertThat(live("t").state().taskStatus(0)).isEqualTo(TaskStatus.RUNNING);

        inbox.put(new LoopInput.Space(false));
        loop.step(now);
        assertThat(live("t").state().taskStatus(0)).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void a_failed_log_ends_all_deciding_and_gives_up_what_runs() {
        submit(two("two"), "t");
        inbox.put(new LoopInput.SyncFailed(new StoreException(StoreException.Kind.FAILED, "disk")));

        assertThat(loop.step(now)).isEqualTo(Long.MAX_VALUE);

        assertThat(loop.failed()).isTrue();
        assertThat(asked()).contains("abandon a 1", "abandon b 1");
        succeed("t", 0, 1);
        assertThat(live("t").state().taskStatus(0)).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void an_execution_is_adopted_once_and_runs_again_what_was_lost() {
        submit(two("two"), "t");
        LiveExecution before = live("t");
        Loop next = loop(Limits.DEFAULT);
        loop = next;
        for (int i = 0; i < 2; i++) {
            inbox.put(new LoopInput.Adopt(
                    before.admission(),
                    before.state(),
                    facts(before.state().plan()),
                    "",
                    before.headDigest,
                    store.epoch(),
                    0,
                    Optional.empty(),
                    answers::add));
        }
        loop.step(now);

        assertThat(answers.subList(1, 3))
                .containsExactlyInAnyOrder(new Answer.Done("t", true), new Answer.Done("t", false));
        assertThat(asked()).containsExactly("start a 1", "start b 1", "start a 2", "start b 2");
    }

    @Test
    void an_execution_that_is_adopted_to_be_cancelled_starts_nothing_again() {
        submit(two("two"), "t");
        LiveExecution before = live("t");
        asked();
        loop = loop(Limits.DEFAULT);

        inbox.put(new LoopInput.Adopt(
                before.admission(),
                before.state(),
                facts(before.state().plan()),
                "",
                before.headDigest,
                store.epoch(),
                0,
                Optional.of("not wanted"),
                answers::add));
        loop.step(now);

        assertThat(asked()).isEmpty();
        assertThat(status("t")).isEqualTo("CANCELLED");
        assertThat(answers.getLast()).isEqualTo(new Answer.Done("t", false));
    }

    @Test
    void an_execution_that_has_ended_since_its_row_was_read_is_not_adopted() {
        submit(two("two"), "t");
        LiveExecution before = live("t");
        long checkedAt = loop.unloads();
        succeed("t", 0, 1);
        succeed("t", 1, 1);
        asked();

        inbox.put(new LoopInput.Adopt(
                before.admission(),
                before.state(),
                facts(before.state().plan()),
                "",
                before.headDigest,
                store.epoch(),
                checkedAt,
                Optional.empty(),
                answers::add));
        loop.step(now);

        assertThat(answers.getLast()).isEqualTo(new Answer.NotHere());
        assertThat(loop.liveExecutions()).isEmpty();
        assertThat(asked()).isEmpty();
    }

    @Test
    void an_execution_has_left_only_when_its_end_is_durable() {
        ArrayDeque<PendingBatch> handedOver = new ArrayDeque<>();
        LogProtocol writer = new LogProtocol(new LogAppender(store, work), inbox, cause -> {});
        loop = new Loop(
                inbox,
                new SlowLog(handedOver),
                work,
                new Limits(10, 1, 10, GRACE, 1_000),
                SchedulerOptions.DEFAULT,
                new ResourceLedger(),
                0);
        submit(two("two"), "t");
        submit(two("two"), "waits");
        inbox.offer(new LoopInput.Cancel("", "waits", "enough", answers::add));
        loop.step(now);
        assertThat(loop.liveExecutions()).hasSize(1);
        assertThat(loop.unloads()).isZero();

        while (!handedOver.isEmpty()) {
            writer.write(handedOver.removeFirst());
            loop.step(now);
        }
        assertThat(status("waits")).isEqualTo("CANCELLED");
        assertThat(loop.unloads()).isOne();
    }

    private record SlowLog(ArrayDeque<PendingBatch> handedOver) implements Log {
        @Override
        public boolean inline() {
            return false;
        }

        @Override
        public void write(PendingBatch batch) {
            handedOver.add(batch);
        }
    }

    @Test
    void what_is_cancelled_before_it_starts_ends_without_running() {
        loop = loop(new Limits(10, 1, 10, GRACE, 1_000));
        submit(two("two"), "t");
        submit(two("two"), "waits");
        asked();
        inbox.offer(new LoopInput.Cancel("", "waits", "enough", answers::add));
        inbox.offer(new LoopInput.Cancel("", "nobody", "enough", answers::add));
        inbox.offer(new LoopInput.Look("", "nobody", live -> {}, answers::add));
        loop.step(now);

        assertThat(status("waits")).isEqualTo("CANCELLED");
        assertThat(asked()).isEmpty();
        assertThat(answers.subList(2, 5))
                .containsExactly(new Answer.Done("waits", false), new Answer.NotHere(), new Answer.NotHere());
        assertThat(live("t").toString()).isEqualTo("execution t RUNNING");
    }
}
