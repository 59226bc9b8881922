package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.testkit.oracle.History.BROKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.Workflow.VariableType;
import dev.ropewalk.testkit.Proves;
import dev.ropewalk.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The oracle believes nothing of an execution that cannot be.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExecutionHistoryTest {

    private static void one(PlanBuilder p) {
        p.task("a", t -> t.tool("x"));
    }

    private static void two(PlanBuilder p) {
        p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x"));
    }

    private static void each(PlanBuilder p) {
        p.variable("v", VariableType.ANY, 7L).task("a", t -> t.tool("x").forEach(expression("list 9 vars.v")));
    }

    private static void retryingStep(PlanBuilder p) {
        p.step(
                "s",
                s -> s.onError(OnError.RETRY)
                        .maxRetries(1)
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x")));
    }

    @Test
    @Proves("I3")
    void events_are_numbered_without_gap_and_time_does_not_go_back() {
        History gap = new History(ExecutionHistoryTest::one);
        gap.told(gap.accepted());
        History.objects(
                "I3", "event 3 follows 1", () -> gap.oracle.published(History.ID, 3, List.of(gap.started()), 3));

        History back = new History(ExecutionHistoryTest::one);
        LogEvent early = back.started();
        back.pass(Duration.ofSeconds(1));
        back.objects("I3", "time goes back", back.accepted(), early);
    }

    @Test
    @Proves("I3")
    void nothing_follows_the_end() {
        History h = History.running(ExecutionHistoryTest::one);
        h.told(h.success(0, 1), h.completed("null"));
        h.objects("I3", "after its end", h.queued(0));
    }

    @Test
    @Proves("I15")
    void an_execution_begins_once_and_starts_once() {
        History h = new History(ExecutionHistoryTest::one);
        h.objects("I15", "begins with", h.started());
        History again = new History(ExecutionHistoryTest::one);
        again.objects("I15", "begins with", again.accepted(), again.accepted());
        History twice = new History(ExecutionHistoryTest::one);
        twice.objects("I15", "starts", twice.accepted(), twice.started(), twice.started());
        History pending = new History(ExecutionHistoryTest::one);
        pending.objects("I15", "is recovered", pending.accepted(), pending.recovered(1, 0));
    }

    @Test
    @Proves("I13")
    void what_is_accepted_is_what_was_submitted() {
        History h = new History(ExecutionHistoryTest::one);
        h.objects("I13", "is accepted as y", new LogEvent.ExecutionAccepted(h.now(), "y", 1, "digest"));
        History other = new History(ExecutionHistoryTest::one);
        other.objects("I13", "with another plan", new LogEvent.ExecutionAccepted(other.now(), "x", 1, "another"));
        History.objects(
                "I13", "that nobody submitted", () -> other.oracle.published("y", 1, List.of(other.accepted()), 1));
    }

    @Test
    @Proves("I2")
    void an_execution_runs_no_more_attempts_than_its_plan_allows() {
        History h =
                new History(p -> p.maxParallel(1).task("a", t -> t.tool("x")).task("b", t -> t.tool("x")));
        h.objects(
                "I2",
                "runs 2 attempts, at most 1",
                h.accepted(),
                h.started(),
                h.queued(0),
                h.queued(1),
                h.start(0, 1),
                h.start(1, 1));
    }

    @Test
    @Proves("I6")
    void a_recovery_says_whose_it_is_and_what_was_lost() {
        History silent = History.running(ExecutionHistoryTest::one);
        silent.processBegins();
        silent.objects("I6", "goes on in epoch 2", silent.success(0, 1));

        History foreign = History.running(ExecutionHistoryTest::one);
        foreign.processBegins();
        foreign.objects("I6", "is recovered by epoch 7 in 2", foreign.recovered(7, 1));

        History none = History.running(ExecutionHistoryTest::one);
        none.processBegins();
        none.objects("I6", "lost 1 attempts, not 0", none.recovered(2, 0));

        History half = History.running(ExecutionHistoryTest::one);
        half.processBegins();
        half.objects("I6", "1 attempts of a dead process are not lost", half.recovered(2, 1));
    }

    @Test
    @Proves("I9")
    void epochs_only_grow() {
        History h = History.running(ExecutionHistoryTest::one);
        History.objects("I9", "epoch 1 follows 1", () -> h.oracle.processBegins(1, h.now()));
        History.objects(
                "I9", "in which no process lived", () -> new Lives(new VirtualClock(Instant.EPOCH)).upMicros(4, 0));
    }

    @Test
    @Proves("I8")
    void nobody_cancels_but_clients() {
        History h = History.running(ExecutionHistoryTest::one);
        h.objects("I8", "nobody asked for it", h.stopping(StopReason.CANCEL, -1));
    }

    @Test
    @Proves("I11")
    void an_execution_does_not_time_out_early() {
        History h = History.running(p -> p.timeout(Duration.ofSeconds(2)).task("a", t -> t.tool("x")));
        h.pass(Duration.ofSeconds(1));
        h.objects("I11", "times out after 1000000 µs", h.stopping(StopReason.TIMEOUT, -1));
    }

    @Test
    @Proves("I16")
    void an_execution_ends_with_its_tasks_and_as_they_did() {
        History early = History.running(ExecutionHistoryTest::one);
        early.objects("I16", "ends before its tasks", early.completed("null"));

        History wrong = History.running(ExecutionHistoryTest::one);
        wrong.objects("I16", "is not stopped by task 0", wrong.failure(0, 1, BROKEN), wrong.taskFailed(0, BROKEN));

        History nice = History.running(p ->
                p.step("s", s -> s.onError(OnError.CONTINUE).task("a", t -> t.tool("x"))));
        nice.objects(
                "I16",
                "completes though a task failed",
                nice.failure(0, 1, BROKEN),
                nice.taskFailed(0, BROKEN),
                nice.completed("null"));

        History sad = History.running(ExecutionHistoryTest::one);
        sad.objects("I16", "fails", sad.success(0, 1), sad.failed());

        History late = History.running(ExecutionHistoryTest::one);
        late.objects("I16", "does not end", late.success(0, 1));

        History odd = History.running(ExecutionHistoryTest::one);
        odd.objects("I16", "ends with", odd.success(0, 1), new LogEvent.ExecutionTimedOut(odd.now()));
    }

    @Test
    @Proves("I16")
    void nothing_that_follows_by_itself_is_forgotten() {
        History queue = new History(ExecutionHistoryTest::one);
        queue.objects("I16", "is not queued", queue.accepted(), queue.started());

        History retry = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        retry.objects("I16", "nothing follows for", retry.failure(0, 1, BROKEN));

        History skip = new History(p -> p.step(
                "s",
                s -> s.onError(OnError.CONTINUE)
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").after("a"))));
        skip.told(skip.accepted(), skip.started(), skip.queued(0), skip.start(0, 1));
        skip.objects("I16", "is not skipped", skip.failure(0, 1, BROKEN), skip.taskFailed(0, BROKEN));

        History stop = new History(ExecutionHistoryTest::two);
        stop.oracle.cancelAsked(History.ID);
        stop.objects(
                "I16",
                "runs nothing and does not end",
                stop.accepted(),
                stop.started(),
                stop.queued(0),
                stop.queued(1),
                stop.stopping(StopReason.CANCEL, -1));
    }

    @Test
    @Proves("I16")
    void what_is_left_is_cancelled_and_nothing_else() {
        History h = new History(ExecutionHistoryTest::two);
        h.oracle.cancelAsked(History.ID);
        h.objects(
                "I16",
                "cancelling of",
                h.accepted(),
                h.started(),
                h.queued(0),
                h.queued(1),
                h.stopping(StopReason.CANCEL, -1),
                h.cancelled(0, 0));
        History lively = History.running(ExecutionHistoryTest::one);
        lively.objects("I15", "cancels tasks", lively.cancelled(0, 0));
        History again = History.running(ExecutionHistoryTest::one);
        again.oracle.cancelAsked(History.ID);
        again.objects(
                "I15",
                "is stopped again",
                again.stopping(StopReason.CANCEL, -1),
                again.stopping(StopReason.CANCEL, -1));
    }

    @Test
    @Proves("I17")
    void results_and_conditions_are_what_the_recorded_values_give() {
        assertThat(Stream.of(true, false).filter(ExecutionHistoryTest::isAgainstTheData))
                .hasSize(1);

        History items = new History(ExecutionHistoryTest::each);
        items.objects("I17", "expands over 1 items", items.accepted(), items.started(), items.expanded(0, "[7]", 1));

        History result = History.running(p -> p.variable("v", VariableType.ANY, 7L)
                .task("a", t -> t.tool("x"))
                .result(expression("vars.v")));
        result.objects("I17", "returns 8, not 7", result.success(0, 1), result.completed("8"));

        History none = History.running(ExecutionHistoryTest::one);
        none.objects("I17", "returns", none.success(0, 1), none.completed("1"));

        History failing = History.running(p -> p.variable("v", VariableType.ANY, 7L)
                .task("a", t -> t.tool("x"))
                .result(expression("fail vars.v")));
        failing.objects("I17", "has no result", failing.success(0, 1), failing.completed("7"));

        History unknown = new History(p ->
                p.variable("v", VariableType.ANY, 7L).task("a", t -> t.tool("x").when(expression("fail vars.v"))));
        unknown.objects("I17", "should have failed", unknown.accepted(), unknown.started(), unknown.condition(0, true));
    }

    /// Whether the oracle computes another verdict of the condition than the one told.
    private static boolean isAgainstTheData(boolean holds) {
        History h = new History(p ->
                p.variable("v", VariableType.ANY, 7L).task("a", t -> t.tool("x").when(expression("even vars.v"))));
        return catchThrowable(() -> h.told(h.accepted(), h.started(), h.condition(0, holds)))
                        instanceof Violation violation
                && violation.invariant().equals("I17");
    }

    @Test
    @Proves("I19")
    void a_list_is_no_longer_than_allowed() {
        History h = new History(p -> p.task("a", t -> t.tool("x").maxItems(2).forEach(expression("list 9 vars.v"))));
        h.objects("I19", "expands to 3", h.accepted(), h.started(), h.expanded(0, "[1,2,3]", 3));
    }

    @Test
    @Proves("I16")
    void a_for_each_ends_after_its_items_and_as_they_did() {
        History h = new History(p ->
                p.variable("v", VariableType.ANY, 7L).task("a", t -> t.tool("x").forEach(List.of(1L, 2L))));
        int first = h.plan.taskCount();
        h.told(
                h.accepted(),
                h.started(),
                h.expanded(0, "[1,2]", 2),
                h.queued(first),
                h.queued(first + 1),
                h.start(first, 1));
        LogEvent collected = new LogEvent.TaskCompleted(h.now(), 0, 0, new StoredValue.Collected(), "", 0, List.of());
        h.objects("I16", "ends before its items", collected);
    }

    @Test
    @Proves("I7")
    void a_step_runs_again_as_often_as_it_may() {
        History h = new History(ExecutionHistoryTest::retryingStep);
        h.objects(
                "I15",
                "runs again",
                h.accepted(),
                h.started(),
                h.queued(0),
                h.queued(1),
                new LogEvent.StepRetried(h.now(), 0));

        History often = new History(ExecutionHistoryTest::retryingStep);
        often.told(often.accepted(), often.started(), often.queued(0), often.queued(1), often.start(0, 1));
        often.told(
                often.failure(0, 1, BROKEN),
                new LogEvent.StepRetrying(often.now(), 0, 0, BROKEN),
                new LogEvent.StepRetried(often.now(), 0),
                often.queued(0),
                often.queued(1),
                often.start(0, 2));
        often.objects(
                "I7",
                "is to run again because of",
                often.failure(0, 2, BROKEN),
                new LogEvent.StepRetrying(often.now(), 0, 0, BROKEN));

        History meek = new History(ExecutionHistoryTest::retryingStep);
        meek.told(meek.accepted(), meek.started(), meek.queued(0), meek.queued(1), meek.start(0, 1));
        meek.objects("I15", "but its step is to run again", meek.failure(0, 1, BROKEN), meek.taskFailed(0, BROKEN));

        History hasty = new History(ExecutionHistoryTest::retryingStep);
        hasty.told(
                hasty.accepted(),
                hasty.started(),
                hasty.queued(0),
                hasty.queued(1),
                hasty.start(0, 1),
                hasty.start(1, 1));
        hasty.objects(
                "I15",
                "runs again while",
                hasty.failure(0, 1, BROKEN),
                new LogEvent.StepRetrying(hasty.now(), 0, 0, BROKEN),
                new LogEvent.StepRetried(hasty.now(), 0));

        History busy = new History(ExecutionHistoryTest::retryingStep);
        busy.told(busy.accepted(), busy.started(), busy.queued(0), busy.queued(1), busy.start(0, 1), busy.start(1, 1));
        busy.objects(
                "I15",
                "is already to run again",
                busy.failure(0, 1, BROKEN),
                new LogEvent.StepRetrying(busy.now(), 0, 0, BROKEN),
                new LogEvent.StepRetrying(busy.now(), 0, 0, BROKEN));

        History calm = new History(ExecutionHistoryTest::retryingStep);
        calm.told(calm.accepted(), calm.started(), calm.queued(0), calm.queued(1), calm.start(0, 1), calm.start(1, 1));
        calm.objects(
                "I16",
                "does not run again",
                calm.failure(0, 1, BROKEN),
                new LogEvent.StepRetrying(calm.now(), 0, 0, BROKEN),
                calm.success(1, 1));
    }

    @Test
    @Proves("I1")
    void a_fallback_stands_in_for_a_failed_task_only() {
        History h = new History(p ->
                p.step("s", s -> s.task("a", t -> t.tool("x").fallback("f")).task("f", t -> t.tool("x"))));
        h.told(h.accepted(), h.started(), h.queued(0), h.start(0, 1));
        h.objects("I1", "is queued, but Skip", h.success(0, 1), h.queued(1));
        History lazy = new History(p ->
                p.step("s", s -> s.task("a", t -> t.tool("x").fallback("f")).task("f", t -> t.tool("x"))));
        lazy.told(lazy.accepted(), lazy.started(), lazy.queued(0), lazy.start(0, 1));
        lazy.objects(
                "I1",
                "is skipped with",
                lazy.failure(0, 1, BROKEN),
                lazy.taskFailed(0, BROKEN),
                lazy.skipped(1, SkipReason.NOT_NEEDED, -1));
    }

    @Test
    @Proves("I15")
    void a_shutdown_stops_attempts_only_if_there_is_one() {
        History h = History.running(ExecutionHistoryTest::one);
        h.oracle.processShutsDown();
        h.oracle.reports().stopped(History.ID, 0, 1);
        h.told(h.attemptStopped(0, 1, AttemptEnd.SHUTDOWN), h.queued(0));
        h.processBegins();
        h.objects("I15", "is stopped by task", h.recovered(2, 0), h.stopping(StopReason.FAILURE, 0));
    }

    @Test
    @Proves("I7")
    void a_failure_without_an_attempt_has_a_cause() {
        History h = new History(ExecutionHistoryTest::each);
        h.objects(
                "I15",
                "ends as a forEach",
                h.accepted(),
                h.started(),
                h.taskFailed(0, Failure.permanent(Failure.ITEMS_FAILED, "")));
    }
}
