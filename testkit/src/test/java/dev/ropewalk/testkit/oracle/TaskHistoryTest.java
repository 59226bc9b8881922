package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.testkit.oracle.History.BROKEN;
import static dev.ropewalk.testkit.oracle.History.HOPELESS;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The oracle believes nothing of a task that cannot be.
@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskHistoryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static History two() {
        return new History(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")));
    }

    private static History conditional() {
        return new History(p ->
                p.task("a", t -> t.tool("x").when(expression("even vars.v"))).task("b", t -> t.tool("x")));
    }

    @Test
    @Proves("I1")
    void a_task_waits_for_what_it_comes_after() {
        History h = History.chain();
        h.objects("I1", "is queued, but Wait", h.accepted(), h.started(), h.queued(1));
    }

    @Test
    @Proves("I1")
    void a_task_is_not_skipped_without_a_reason() {
        History h = two();
        h.objects(
                "I1",
                "is skipped with",
                h.accepted(),
                h.started(),
                h.queued(0),
                h.skipped(1, SkipReason.NOT_CHOSEN, -1));
        History chain = History.chain();
        chain.objects(
                "I1",
                "is skipped with",
                chain.accepted(),
                chain.started(),
                chain.queued(0),
                chain.skipped(1, SkipReason.UPSTREAM_FAILED, 0));
    }

    @Test
    @Proves("I1")
    void a_task_whose_condition_is_not_known_to_hold_does_not_run() {
        History h = conditional();
        h.objects("I1", "its condition does not hold", h.accepted(), h.started(), h.queued(0));
        History each = new History(p -> p.task(
                "a", t -> t.tool("x").forEach(expression("list 3 vars.v")).when(expression("even vars.v"))));
        each.objects("I1", "its condition does not hold", each.accepted(), each.started(), each.expanded(0, "[1]", 1));
    }

    @Test
    @Proves("I15")
    void a_task_takes_the_steps_of_its_life_in_their_order() {
        History h = two();
        h.told(h.accepted());
        h.objects("I15", "is queued before it started", h.queued(0));

        History twice = two();
        twice.objects("I15", "is queued", twice.accepted(), twice.started(), twice.queued(0), twice.queued(0));

        History soon = two();
        soon.objects("I15", "starts", soon.accepted(), soon.started(), soon.start(0, 1));

        History nobody = two();
        nobody.objects("I15", "has no task 7", nobody.accepted(), nobody.started(), nobody.queued(7));

        History whole = two();
        whole.objects("I15", "expands", whole.accepted(), whole.started(), whole.expanded(0, "[]", 0));

        History sure = two();
        sure.objects("I15", "the condition of", sure.accepted(), sure.started(), sure.condition(0, true));

        History done = History.running(p -> p.task("a", t -> t.tool("x")));
        done.objects("I15", "fails", done.success(0, 1), done.taskFailed(0, BROKEN));
    }

    @Test
    @Proves("I15")
    void what_only_describes_items_never_runs() {
        History h = new History(p -> p.task("a", t -> t.tool("x").forEach(expression("list 3 vars.v"))));
        int pattern = h.plan.taskCount() - 1;
        h.objects("I15", "but never runs", h.accepted(), h.started(), h.queued(pattern));
        History whole = new History(p -> p.task("a", t -> t.tool("x").forEach(expression("list 3 vars.v"))));
        whole.objects("I15", "has to expand", whole.accepted(), whole.started(), whole.queued(0));
    }

    @Test
    @Proves("I15")
    void a_failure_that_is_to_be_tolerated_fails_no_task() {
        History h = History.running(p -> p.task("a", t -> t.tool("x").skipOnFailure()));
        h.objects("I15", "is to be tolerated", h.failure(0, 1, BROKEN), h.taskFailed(0, BROKEN));
        History early = new History(p -> p.task("a", t -> t.tool("x").skipOnFailure()));
        early.objects(
                "I15",
                "is tolerated",
                early.accepted(),
                early.started(),
                early.queued(0),
                early.skipped(0, SkipReason.FAILURE_TOLERATED, -1));
    }

    @Test
    @Proves("I15")
    void only_a_timeout_is_a_timeout() {
        History h = History.running(p -> p.task("a", t -> t.tool("x")));
        h.objects("I15", "fails with BROKEN", h.failure(0, 1, BROKEN), new LogEvent.TaskTimedOut(h.now(), 0, BROKEN));
    }

    @Test
    @Proves("I7")
    void attempts_are_counted_from_one_without_gap() {
        History h = two();
        h.objects("I7", "starts attempt 2", h.accepted(), h.started(), h.queued(0), h.start(0, 2));
    }

    @Test
    @Proves("I7")
    void the_retry_policy_is_kept() {
        History often = History.running(p -> p.task("a", t -> t.tool("x")));
        often.objects("I7", "is retried after failure 1", often.failure(0, 1, BROKEN), often.retry(0, SECOND));

        History never = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        never.objects("I7", "is retried after failure 1", never.failure(0, 1, HOPELESS), never.retry(0, SECOND));

        History hasty = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        hasty.objects("I7", "backs off for", hasty.failure(0, 1, BROKEN), hasty.retry(0, Duration.ofMillis(1)));

        History resigned = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        resigned.objects(
                "I7", "asks for another attempt", resigned.failure(0, 1, BROKEN), resigned.taskFailed(0, BROKEN));

        History fine = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        fine.objects("I7", "is retried", fine.retry(0, SECOND));

        History at = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        at.objects("I7", "is queued without backoff", at.failure(0, 1, BROKEN), at.queued(0));
    }

    @Test
    @Proves("I11")
    void a_backoff_does_not_end_early() {
        History h = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        h.told(h.failure(0, 1, BROKEN), h.retry(0, SECOND));
        h.pass(Duration.ofMillis(900));
        h.objects("I11", "ends its backoff 100000 µs early", h.queued(0));
    }

    @Test
    @Proves("I10")
    void an_outcome_is_one_that_the_running_attempt_reported() {
        History unheard = History.running(p -> p.task("a", t -> t.tool("x")));
        unheard.objects("I10", "is not what attempt 1 returned", unheard.claimed(0, 1));

        History stale = History.running(p -> p.task("a", t -> t.tool("x")));
        stale.objects("I10", "attempt 0 of task 0", stale.success(0, 0));

        History invented = History.running(p -> p.task("a", t -> t.tool("x")));
        invented.objects("I10", "did not fail with", invented.claimed(0, 1, BROKEN));

        History idle = two();
        idle.objects("I10", "fails", idle.accepted(), idle.started(), idle.queued(0), idle.failure(0, 1, BROKEN));

        History other = History.running(p -> p.task("a", t -> t.tool("x")));
        other.objects("I10", "did not fail with", other.failure(0, 1, BROKEN), other.taskFailed(0, HOPELESS));

        History alone = History.running(p -> p.task("a", t -> t.tool("x")));
        alone.objects("I10", "nobody stopped attempt 1", alone.attemptStopped(0, 1, AttemptEnd.CANCELLED));

        History unread = new History(p -> p.task("a", t -> t.tool("x").when(expression("even vars.v"))));
        Failure failure = Failure.permanent(Failure.EXPRESSION, "nobody said so");
        unread.objects(
                "I10",
                "nobody said that evaluating",
                unread.accepted(),
                unread.started(),
                unread.taskFailed(0, failure));
    }

    @Test
    @Proves("I10")
    void the_result_of_the_running_attempt_is_not_rejected() {
        History h = History.running(p -> p.task("a", t -> t.tool("x")));
        h.objects("I10", "is rejected", new LogEvent.ResultRejected(h.now(), 0, 1));
    }

    @Test
    @Proves("I27")
    void no_attempt_runs_longer_than_the_time_that_passed() {
        History h = History.running(p -> p.task("a", t -> t.tool("x")));
        h.oracle.reports().success(History.ID, 0, 1, StoredValue.NULL, "");
        h.objects(
                "I27",
                "ran for 5 µs within 0",
                new LogEvent.TaskCompleted(h.now(), 0, 1, StoredValue.NULL, "", 5, List.of()));
    }

    @Test
    @Proves("I7")
    void what_may_have_had_an_effect_does_not_run_again() {
        History h = History.running(p -> p.task("a", t -> t.tool("x").onLost(OnLost.UNKNOWN)));
        h.processBegins();
        h.objects(
                "I7",
                "whether its lost attempt had an effect is unknown",
                h.recovered(2, 1),
                h.attemptStopped(0, 1, AttemptEnd.LOST),
                h.queued(0));
        History known = History.running(p -> p.task("a", t -> t.tool("x")));
        known.processBegins();
        known.objects(
                "I7",
                "is not unknown",
                known.recovered(2, 1),
                known.attemptStopped(0, 1, AttemptEnd.LOST),
                known.taskFailed(0, Failure.permanent(Failure.OUTCOME_UNKNOWN, "")));
    }

    @Test
    @Proves("I7")
    void three_losses_in_a_row_are_enough_and_fewer_are_not() {
        History h = History.running(p -> p.task("a", t -> t.tool("x")));
        for (int attempt = 1; attempt <= 2; attempt++) {
            h.processBegins();
            h.told(
                    h.recovered(attempt + 1, 1),
                    h.attemptStopped(0, attempt, AttemptEnd.LOST),
                    h.queued(0),
                    h.start(0, attempt + 1));
        }
        h.processBegins();
        h.objects(
                "I7",
                "runs again after 3 losses",
                h.recovered(4, 1),
                h.attemptStopped(0, 3, AttemptEnd.LOST),
                h.queued(0));
        History once = History.running(p -> p.task("a", t -> t.tool("x")));
        once.processBegins();
        once.objects(
                "I7",
                "fails after 1 losses",
                once.recovered(2, 1),
                once.attemptStopped(0, 1, AttemptEnd.LOST),
                once.taskFailed(0, Failure.permanent(Failure.ATTEMPT_LOST, "")));
    }

    @Test
    @Proves("I8")
    void nothing_starts_when_an_execution_is_being_stopped() {
        History h = two();
        h.oracle.cancelAsked(History.ID);
        h.told(h.accepted(), h.started(), h.queued(0), h.queued(1), h.start(0, 1));
        h.objects("I8", "starts task 1", h.stopping(StopReason.CANCEL, -1), h.start(1, 1));
        History queue = History.running(p -> p.task("a", t -> t.tool("x").retry(1)));
        queue.oracle.cancelAsked(History.ID);
        queue.objects("I8", "queues tasks", queue.stopping(StopReason.CANCEL, -1), queue.queued(0));
    }

    @Test
    @Proves("I15")
    void an_attempt_is_stopped_for_a_reason_that_there_is() {
        for (AttemptEnd reason : new AttemptEnd[] {AttemptEnd.CANCELLED, AttemptEnd.STEP_RETRY, AttemptEnd.SHUTDOWN}) {
            History h = History.running(p -> p.task("a", t -> t.tool("x")));
            h.oracle.reports().stopped(History.ID, 0, 1);
            h.objects("I15", "is stopped because of " + reason, h.attemptStopped(0, 1, reason));
        }
        History lives = History.running(p -> p.task("a", t -> t.tool("x")));
        lives.objects("I7", "but its process lives", lives.attemptStopped(0, 1, AttemptEnd.LOST));
    }
}
