package dev.ropewalk.execution;

import dev.ropewalk.execution.ExecutionCommand.Accept;
import dev.ropewalk.execution.ExecutionCommand.Cancel;
import dev.ropewalk.execution.ExecutionCommand.DeadlineDue;
import dev.ropewalk.execution.ExecutionCommand.DelayDue;
import dev.ropewalk.execution.ExecutionCommand.Recover;
import dev.ropewalk.execution.ExecutionCommand.RefuseTask;
import dev.ropewalk.execution.ExecutionCommand.ReportEvaluation;
import dev.ropewalk.execution.ExecutionCommand.ReportEvaluationFailed;
import dev.ropewalk.execution.ExecutionCommand.ReportFailure;
import dev.ropewalk.execution.ExecutionCommand.ReportResult;
import dev.ropewalk.execution.ExecutionCommand.ReportResultFailed;
import dev.ropewalk.execution.ExecutionCommand.ReportStopped;
import dev.ropewalk.execution.ExecutionCommand.ReportSuccess;
import dev.ropewalk.execution.ExecutionCommand.RetryDue;
import dev.ropewalk.execution.ExecutionCommand.Start;
import dev.ropewalk.execution.ExecutionCommand.StartTask;
import dev.ropewalk.execution.ExecutionCommand.TimeoutDue;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.PlannedTask;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides what a command means for one execution. Time and chance come in with the command; what
/// follows goes out as events, each applied to the state as soon as it is decided, because the next
/// decision builds on it.
public final class ExecutionDecider {

    /// After so many lost attempts in a row a task fails: it may be what ends the process.
    static final int MAX_LOSSES = 3;

    /// So many tasks, items included, an execution has at most: beyond, its state would not fit.
    static final int MAX_TASKS = 5_000_000;

    private final ExecutionState state;
    private final List<LogEvent> events;
    private final long at;
    private final Failures failures;
    private @Nullable Delays delays;

    private ExecutionDecider(ExecutionState state, long at, List<LogEvent> events) {
        this.state = state;
        this.events = events;
        this.at = Math.max(at, state.lastAt);
        this.failures = new Failures(state, this.at, this::emit);
    }

    /// Made when it is first needed, which for most plans is never.
    private Delays delays() {
        Delays known = delays;
        if (known == null) {
            known = new Delays(state, at, failures, this::emit);
            delays = known;
        }
        return known;
    }

    /// Decides `command`, applies what follows to `state` and adds it to `events`.
    public static void decide(ExecutionState state, ExecutionCommand command, List<LogEvent> events) {
        new ExecutionDecider(state, command.at(), events).decide(command);
    }

    private void decide(ExecutionCommand command) {
        if (state.status.ended()) {
            rejectLate(command);
            return;
        }
        switch (command) {
            case Accept c -> emit(new LogEvent.ExecutionAccepted(at, c.id(), c.seed(), c.planDigest()));
            case Start _ -> start();
            case StartTask c -> start(c);
            case RefuseTask c -> {
                if (state.mayStart(c.task())) {
                    failures.taskFailed(c.task(), c.failure());
                }
            }
            case ReportSuccess c -> succeeded(c);
            case ReportFailure c -> failed(c);
            case ReportStopped c -> stopped(c);
            case ReportEvaluation c -> evaluated(c);
            case ReportEvaluationFailed c -> evaluationFailed(c);
            case ReportResult c -> {
                if (state.needsResult()) {
                    emit(new LogEvent.ExecutionCompleted(at, c.result()));
                }
            }
            case ReportResultFailed c -> {
                if (state.needsResult()) {
                    emit(new LogEvent.ExecutionFailed(at, ExecutionState.NONE, c.failure()));
                }
            }
            case RetryDue c -> {
                if (state.phase(c.task()) == Phase.BACKING_OFF && at >= state.due[c.task()] && !state.stopping()) {
                    emit(new LogEvent.TasksQueued(at, TaskRanges.of(c.task())));
                }
            }
            case DelayDue c -> delays().due(c.task());
            case DeadlineDue _ -> delays().deadlinesPassed();
            case TimeoutDue _ -> {
                if (state.timeoutDue() != 0 && at >= state.timeoutDue() && state.stopping == null) {
                    emit(new LogEvent.ExecutionStopping(
                            at,
                            StopReason.TIMEOUT,
                            ExecutionState.NONE,
                            Failure.permanent(Failure.TIMEOUT, "the execution's timeout passed")));
                }
            }
            case Cancel c -> {
                if (state.stopping == null) {
                    emit(new LogEvent.ExecutionStopping(
                            at, StopReason.CANCEL, ExecutionState.NONE, Failure.permanent("CANCELLED", c.reason())));
                }
            }
            case Recover c -> recover(c);
        }
        settle();
    }

    private void start() {
        if (state.status == ExecutionStatus.PENDING && state.stopping == null) {
            emit(new LogEvent.ExecutionStarted(at));
        }
    }

    private void start(StartTask command) {
        if (state.mayStart(command.task()) && !hasMissedItsWindow(command.task())) {
            emit(new LogEvent.TaskStarted(
                    at, command.task(), state.attempt[command.task()] + 1, command.grants(), command.agent()));
        }
    }

    private void succeeded(ReportSuccess c) {
        if (isStale(c.task(), c.attempt())) {
            emit(new LogEvent.ResultRejected(at, c.task(), c.attempt()));
            return;
        }
        if (state.deadlines.failed(c.task())) {
            emit(new LogEvent.AttemptFailed(
                    at, c.task(), c.attempt(), Delays.missed(), c.inputDigest(), c.runMicros(), c.usage()));
            failAfterDeadline(c.task());
            return;
        }
        completed(new LogEvent.TaskCompleted(
                at, c.task(), c.attempt(), c.result(), c.inputDigest(), c.runMicros(), c.usage()));
    }

    private void failed(ReportFailure c) {
        if (isStale(c.task(), c.attempt())) {
            emit(new LogEvent.ResultRejected(at, c.task(), c.attempt()));
            return;
        }
        emit(new LogEvent.AttemptFailed(
                at, c.task(), c.attempt(), c.failure(), c.inputDigest(), c.runMicros(), c.usage()));
        int task = c.task();
        if (state.deadlines.failed(task)) {
            failAfterDeadline(task);
            return;
        }
        OptionalLong delay = state.stopping() || state.inRetryingStep(task)
                ? OptionalLong.empty()
                : RetryDecision.delay(
                        state.definition(task).retry(),
                        c.failure(),
                        state.failures[task],
                        RetryDecision.random(state.seed, task, state.generation[task], state.failures[task]));
        if (delay.isPresent()) {
            emit(new LogEvent.RetryScheduled(at, task, at + delay.getAsLong()));
        } else if (!state.inRetryingStep(task)) {
            failures.taskFailed(task, c.failure());
        }
    }

    /// The attempt of a task that missed its deadline has ended, however it did.
    private void failAfterDeadline(int task) {
        if (!state.stopping() && !state.inRetryingStep(task)) {
            failures.taskFailed(task, Delays.missed());
        }
    }

    private void stopped(ReportStopped c) {
        if (!isStale(c.task(), c.attempt())) {
            attemptEnded(c.task(), c.attempt(), c.reason(), c.checkpoint());
        }
    }

    /// The attempt has no outcome: the task starts again, unless it must not or its execution or step
    /// is being stopped.
    private void attemptEnded(int task, int attempt, AttemptEnd reason, Optional<StoredValue> checkpoint) {
        emit(new LogEvent.AttemptStopped(at, task, attempt, reason, checkpoint));
        if (state.stopping() || state.inRetryingStep(task)) {
            return;
        }
        if (state.deadlines.failed(task)) {
            failures.taskFailed(task, Delays.missed());
        } else if (state.definition(task).onLost() == OnLost.UNKNOWN) {
            failures.taskFailed(
                    task,
                    Failure.permanent(
                            Failure.OUTCOME_UNKNOWN,
                            "attempt %d ended without an outcome, and onLost is unknown: whether it had an effect"
                                            .formatted(attempt)
                                    + " is not known"));
        } else if (state.losses[task] >= MAX_LOSSES) {
            failures.taskFailed(
                    task,
                    Failure.permanent(
                            Failure.ATTEMPT_LOST,
                            "%d attempts in a row were lost with the process that ran them".formatted(MAX_LOSSES)));
        } else {
            emit(new LogEvent.TasksQueued(at, TaskRanges.of(task)));
        }
    }

    private void evaluated(ReportEvaluation c) {
        int task = c.task();
        if (!isAwaited(task, c.generation())) {
            return;
        }
        PlannedTask definition = state.definition(task);
        if (definition.conditional()) {
            emit(new LogEvent.ConditionEvaluated(at, task, c.holds()));
        }
        if (!c.holds()) {
            failures.skip(task, SkipReason.WHEN_FALSE, ExecutionState.NONE);
        } else if (definition.kind() == PlannedTask.Kind.FOR_EACH) {
            expand(task, c);
        }
    }

    private void expand(int owner, ReportEvaluation c) {
        int limit = state.definition(owner).maxItems();
        long tasks = state.tasks + (long) c.count() * state.expansions.patterns(owner).length;
        if (c.count() > limit || tasks > MAX_TASKS) {
            failures.taskFailed(
                    owner,
                    Failure.permanent(
                            Failure.LIMIT_EXCEEDED,
                            "a list of %d items, at most %d are allowed"
                                    .formatted(c.count(), c.count() > limit ? limit : itemsWithin(owner))));
        } else {
            emit(new LogEvent.TaskExpanded(at, owner, c.count(), c.items()));
        }
    }

    private int itemsWithin(int owner) {
        return (MAX_TASKS - state.tasks) / state.expansions.patterns(owner).length;
    }

    private void evaluationFailed(ReportEvaluationFailed c) {
        if (isAwaited(c.task(), c.generation())) {
            failures.taskFailed(c.task(), state.deadlines.failed(c.task()) ? Delays.missed() : c.failure());
        }
    }

    /// Whether an evaluation still counts. In a step that is about to run again it does not: the task
    /// will be evaluated anew.
    private boolean isAwaited(int task, int generation) {
        return state.phase(task) == Phase.EVALUATING
                && state.generation[task] == generation
                && !state.stopping()
                && !state.inRetryingStep(task);
    }

    private void recover(Recover c) {
        // What a fold has put there was settled before it was recorded.
        state.agenda.drain();
        int lost = state.running;
        emit(new LogEvent.RecoveryInitiated(at, c.epoch(), lost));
        for (int task = 0; lost > 0 && task < state.tasks; task++) {
            if (state.phase(task) == Phase.RUNNING) {
                attemptEnded(task, state.attempt[task], AttemptEnd.LOST, Optional.empty());
                lost--;
            }
        }
    }

    /// An outcome counts only for the attempt that is running.
    private boolean isStale(int task, int attempt) {
        return task >= state.tasks || state.phase(task) != Phase.RUNNING || state.attempt[task] != attempt;
    }

    private void rejectLate(ExecutionCommand command) {
        switch (command) {
            case ReportSuccess c -> emit(new LogEvent.ResultRejected(at, c.task(), c.attempt()));
            case ReportFailure c -> emit(new LogEvent.ResultRejected(at, c.task(), c.attempt()));
            case Accept _,
                    Start _,
                    StartTask _,
                    RefuseTask _,
                    ReportStopped _,
                    ReportEvaluation _,
                    ReportEvaluationFailed _,
                    ReportResult _,
                    ReportResultFailed _,
                    RetryDue _,
                    DelayDue _,
                    DeadlineDue _,
                    TimeoutDue _,
                    Cancel _,
                    Recover _ -> {}
        }
    }

    /// Decides what has become due: skips, ends of `forEach`, what may start, steps that run again, the
    /// end of the execution.
    private void settle() {
        do {
            settleAgenda();
        } while (!state.agenda.isEmpty() || failures.retrySteps());
        if (state.stopping != null || state.remaining == 0) {
            new Ending(state, at, failures, this::emit).finish();
        }
    }

    private void settleAgenda() {
        if (state.agenda.isEmpty()) {
            return;
        }
        TaskRanges.Builder ready = new TaskRanges.Builder();
        while (!state.agenda.isEmpty()) {
            int task = state.agenda.take();
            switch (state.phase(task)) {
                case READY -> {
                    if (state.inRetryingStep(task)) {
                        continue;
                    }
                    if (state.skip[task] != ExecutionState.NONE) {
                        failures.skip(task, SkipReason.of(state.skip[task]), state.blockCause[task]);
                    } else if (state.waits.none || delays().mayBeQueued(task)) {
                        ready.add(task);
                    }
                }
                case EXPANDED -> itemsEnded(task);
                case FINISHING -> delays().complete(task);
                case PENDING, EVALUATING, DELAYED, QUEUED, BACKING_OFF, RUNNING, HELD -> {}
                case COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {}
            }
        }
        if (!ready.isEmpty() && !state.stopping()) {
            queue(ready.build());
        }
    }

    private void queue(TaskRanges ready) {
        if (state.plan.holdsEnds()) {
            delays().queue(ready);
        } else {
            emit(new LogEvent.TasksQueued(at, ready));
        }
    }

    private void completed(LogEvent.TaskCompleted event) {
        if (state.waits.none) {
            emit(event);
        } else {
            delays().succeeded(event);
        }
    }

    private boolean hasMissedItsWindow(int task) {
        return state.waits.constrained && delays().isDelayed(task);
    }

    private void itemsEnded(int owner) {
        if (state.expansions.openItems[owner] > 0 || state.stopping() || state.inRetryingStep(owner)) {
            return;
        }
        if (state.expansions.failedItems[owner] == 0) {
            completed(new LogEvent.TaskCompleted(
                    at, owner, state.attempt[owner], new StoredValue.Collected(), "", 0, List.of()));
        } else {
            failures.itemsFailed(owner);
        }
    }

    private void emit(LogEvent event) {
        Evolution.evolve(state, event);
        events.add(event);
    }
}
