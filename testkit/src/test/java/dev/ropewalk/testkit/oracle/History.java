package dev.ropewalk.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.testkit.VirtualClock;
import dev.ropewalk.testkit.plans.WordLanguage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What an engine might say of one execution, event by event, and an oracle that listens.
final class History {

    static final String ID = "x";
    static final Failure BROKEN = Failure.retryable("BROKEN", "it broke");
    static final Failure HOPELESS = Failure.permanent("HOPELESS", "it will not work");

    final Oracle oracle;
    final ExecutionPlan plan;
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH.plusSeconds(1));
    private long seq;
    private long epoch;

    History(Consumer<PlanBuilder> say) {
        PlanBuilder builder = ExecutionPlan.named("told");
        say.accept(builder);
        Workflow workflow = builder.workflow();
        this.plan = builder.build(new WordLanguage());
        this.oracle = new Oracle(clock);
        processBegins();
        oracle.offered(ID, workflow, plan, "digest");
    }

    /// Two tasks, the second after the first, which is tried again once, after a second.
    static History chain() {
        return new History(p -> p.task("a", t -> t.tool("x").retry(1))
                .task("b", t -> t.tool("x").after("a")));
    }

    /// One task that runs.
    static History running(Consumer<PlanBuilder> say) {
        History history = new History(say);
        return history.told(history.accepted(), history.started(), history.queued(0), history.start(0, 1));
    }

    void processBegins() {
        if (epoch > 0) {
            oracle.processEnds();
        }
        oracle.processBegins(++epoch, now());
    }

    long now() {
        return clock.micros();
    }

    void pass(Duration time) {
        clock.in(time.toNanos() / 1_000, () -> {});
        clock.runNext();
    }

    /// Tells one frame.
    History told(LogEvent... events) {
        long first = seq + 1;
        seq += events.length;
        oracle.published(ID, first, List.of(events), seq);
        return this;
    }

    /// That the oracle does not believe this frame.
    void objects(String invariant, String message, LogEvent... events) {
        objects(invariant, message, () -> told(events));
    }

    static void objects(String invariant, String message, Runnable telling) {
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(telling::run)
                .withMessageStartingWith(invariant + ": ")
                .withMessageContaining(message);
    }

    LogEvent accepted() {
        return new LogEvent.ExecutionAccepted(now(), ID, 1, "digest");
    }

    LogEvent started() {
        return new LogEvent.ExecutionStarted(now());
    }

    LogEvent queued(int task) {
        return new LogEvent.TasksQueued(now(), TaskRanges.of(task));
    }

    LogEvent start(int task, int attempt) {
        return new LogEvent.TaskStarted(now(), task, attempt);
    }

    /// A success that the attempt reported.
    LogEvent success(int task, int attempt) {
        oracle.reports().success(ID, task, attempt, StoredValue.NULL, "");
        return claimed(task, attempt);
    }

    /// A success of which nobody knows.
    LogEvent claimed(int task, int attempt) {
        return new LogEvent.TaskCompleted(now(), task, attempt, StoredValue.NULL, "", 0, List.of());
    }

    /// A failure that the attempt reported.
    LogEvent failure(int task, int attempt, Failure failure) {
        oracle.reports().failure(ID, task, attempt, failure);
        return claimed(task, attempt, failure);
    }

    /// A failure of which nobody knows.
    LogEvent claimed(int task, int attempt, Failure failure) {
        return new LogEvent.AttemptFailed(now(), task, attempt, failure, "", 0, List.of());
    }

    LogEvent attemptStopped(int task, int attempt, AttemptEnd reason) {
        return new LogEvent.AttemptStopped(now(), task, attempt, reason);
    }

    LogEvent retry(int task, Duration delay) {
        return new LogEvent.RetryScheduled(now(), task, now() + delay.toNanos() / 1_000);
    }

    LogEvent taskFailed(int task, Failure failure) {
        return new LogEvent.TaskFailed(now(), task, failure);
    }

    LogEvent skipped(int task, SkipReason reason, int cause) {
        return new LogEvent.TaskSkipped(now(), task, reason, cause);
    }

    LogEvent condition(int task, boolean holds) {
        return new LogEvent.ConditionEvaluated(now(), task, holds);
    }

    LogEvent expanded(int task, String items, int count) {
        return new LogEvent.TaskExpanded(now(), task, count, new StoredValue.Inline(Payload.json(items)));
    }

    LogEvent stopping(StopReason reason, int cause) {
        return new LogEvent.ExecutionStopping(now(), reason, cause, BROKEN);
    }

    LogEvent cancelled(int... bounds) {
        return new LogEvent.TasksCancelled(now(), new TaskRanges(bounds));
    }

    LogEvent completed(String result) {
        return new LogEvent.ExecutionCompleted(now(), new StoredValue.Inline(Payload.json(result)));
    }

    LogEvent failed() {
        return new LogEvent.ExecutionFailed(now(), -1, BROKEN);
    }

    LogEvent recovered(long byEpoch, int lost) {
        return new LogEvent.RecoveryInitiated(now(), byEpoch, lost);
    }
}
