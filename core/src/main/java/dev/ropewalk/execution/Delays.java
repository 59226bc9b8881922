package dev.ropewalk.execution;

import dev.ropewalk.execution.LogEvent.CompletionHeld;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.PlannedTask;
import java.util.List;
import java.util.function.Consumer;

/// Decides what waits for a point in time, or with its completion for others, and what deadlines mean.
final class Delays {

    private final ExecutionState state;
    private final long at;
    private final Failures failures;
    private final Consumer<LogEvent> emit;

    Delays(ExecutionState state, long at, Failures failures, Consumer<LogEvent> emit) {
        this.state = state;
        this.at = at;
        this.failures = failures;
        this.emit = emit;
    }

    /// A task that nothing but time may hold.
    ///
    /// @return whether it is to be queued now
    boolean mayBeQueued(int task) {
        if (state.deadlines.failed(task)) {
            failures.taskFailed(task, missed());
            return false;
        }
        if (!state.waits.timed) {
            return true;
        }
        if (state.stopping() || isDelayed(task)) {
            return false;
        }
        PlannedTask definition = state.definition(task);
        if (definition.barrier() || definition.kind() == PlannedTask.Kind.FOR_EACH) {
            emit.accept(new LogEvent.DelayEnded(at, task));
            return false;
        }
        return true;
    }

    /// Queues the tasks, but for those that will never complete because something failed since they were
    /// found ready.
    void queue(TaskRanges ready) {
        TaskRanges.Builder rest = new TaskRanges.Builder();
        ready.forEach(task -> {
            if (state.skip[task] == ExecutionState.NONE) {
                rest.add(task);
            } else {
                failures.skip(task, SkipReason.of(state.skip[task]), state.blockCause[task]);
            }
        });
        if (!rest.isEmpty() && !state.stopping()) {
            emit.accept(new LogEvent.TasksQueued(at, rest.build()));
        }
    }

    /// Whether the task has to wait for a point in time, which is said.
    boolean isDelayed(int task) {
        long due = state.waits.startDue(state, task, at);
        if (due > at) {
            emit.accept(new LogEvent.TaskDelayed(at, task, due, state.waits.reason(state, task, due)));
        }
        return due > at;
    }

    void due(int task) {
        Phase phase = state.phase(task);
        boolean waits = phase == Phase.DELAYED || phase == Phase.FINISHING;
        if (!waits || at < state.due[task] || state.stopping() || state.inRetryingStep(task)) {
            return;
        }
        if (phase == Phase.FINISHING) {
            complete(task);
        } else if (state.skip[task] != ExecutionState.NONE) {
            failures.skip(task, SkipReason.of(state.skip[task]), state.blockCause[task]);
        } else if (mayBeQueued(task)) {
            emit.accept(new LogEvent.TasksQueued(at, TaskRanges.of(task)));
        }
    }

    /// The task has its result.
    void succeeded(LogEvent.TaskCompleted event) {
        int task = event.task();
        boolean held = state.waits.holdsEnd(task)
                || state.waits.endDue(task) > at
                || (state.waits.holds.length > 0 && state.skip[task] != ExecutionState.NONE);
        emit.accept(
                held
                        ? new CompletionHeld(
                                at,
                                task,
                                event.attempt(),
                                event.result(),
                                event.inputDigest(),
                                event.runMicros(),
                                event.usage())
                        : event);
    }

    /// Nothing but time may hold the completion of a task that has its result.
    void complete(int task) {
        if (state.waits.holdsEnd(task) || state.stopping() || state.inRetryingStep(task)) {
            return;
        }
        long due = state.waits.endDue(task);
        StoredValue result = state.results[task];
        if (state.skip[task] != ExecutionState.NONE) {
            failures.skip(task, SkipReason.of(state.skip[task]), state.blockCause[task]);
        } else if (due > at) {
            emit.accept(new LogEvent.TaskDelayed(at, task, due, DelayReason.LAG));
        } else if (result != null) {
            emit.accept(new LogEvent.TaskCompleted(at, task, state.attempt[task], result, "", 0, List.of()));
        }
    }

    /// Deadlines may have passed.
    void deadlinesPassed() {
        for (long due = state.deadlineDue(); due != 0 && due <= at; due = state.deadlineDue()) {
            int task = state.deadlines.nextTask();
            OnDeadlineMissed action = state.deadlines.action(task);
            emit.accept(new LogEvent.DeadlineMissed(at, task, action));
            if (action == OnDeadlineMissed.FAIL) {
                fail(task);
            }
        }
    }

    /// What runs is stopped first, and fails when it has ended. What waits for others fails when they are
    /// through: else what comes after it could start before them.
    private void fail(int task) {
        if (task == Deadlines.WHOLE) {
            if (!state.stopping()) {
                emit.accept(new LogEvent.ExecutionStopping(at, StopReason.TIMEOUT, ExecutionState.NONE, missed()));
            }
        } else if (!state.stopping() && !state.inRetryingStep(task)) {
            switch (state.phase(task)) {
                case EVALUATING, DELAYED, QUEUED, BACKING_OFF, FINISHING -> failures.taskFailed(task, missed());
                case PENDING, READY, RUNNING, EXPANDED, HELD -> {}
                case COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {}
            }
        }
    }

    static Failure missed() {
        return Failure.permanent(Failure.DEADLINE_MISSED, "did not end by its deadline");
    }
}
