package dev.ropewalk.execution;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.PlannedStep;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.PlannedTask.OnFailure;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Decides what a task's final failure means: for the task itself by its `onFailure`, then for its step
/// by its `onError`.
///
/// A failure inside a sub-plan goes outward: if a step around it may run again, that step does; else
/// the innermost step's policy counts.
final class Failures {

    private final ExecutionState state;
    private final long at;
    private final Consumer<LogEvent> emit;

    Failures(ExecutionState state, long at, Consumer<LogEvent> emit) {
        this.state = state;
        this.at = at;
        this.emit = emit;
    }

    /// The task will not be attempted again.
    void taskFailed(int task, Failure failure) {
        PlannedTask definition = state.definition(task);
        if (definition.onFailure() == OnFailure.SKIP) {
            recordCause(task, failure);
            emit.accept(new LogEvent.TaskSkipped(at, task, SkipReason.FAILURE_TOLERATED, ExecutionState.NONE));
        } else if (definition.onFailure() == OnFailure.FALLBACK || isItemOfRecoverable(task)) {
            fail(task, failure);
        } else {
            stepFailed(task, failure);
        }
    }

    void itemsFailed(int owner) {
        int failed = failedItems(Objects.requireNonNull(state.expansions.current(owner, state.generation[owner])));
        String message = failed == 1 ? "1 item failed" : failed + " items failed";
        taskFailed(owner, Failure.permanent(Failure.ITEMS_FAILED, message));
    }

    /// Items, not their tasks: one may take another of the same item with it.
    private int failedItems(Expansion expansion) {
        int items = 0;
        int size = expansion.patterns().length;
        for (int item = 0; item < expansion.count(); item++) {
            int first = expansion.first() + item * size;
            if (IntStream.range(first, first + size).anyMatch(task -> Frontier.itemFailed(state, task))) {
                items++;
            }
        }
        return items;
    }

    private void stepFailed(int task, Failure failure) {
        if (!state.stopping() && retryStep(task, failure)) {
            return;
        }
        fail(task, failure);
        stopIfStepSays(task, failure);
    }

    void skip(int task, SkipReason reason, int cause) {
        if (!retryForLackOfFallback(task)) {
            emit.accept(new LogEvent.TaskSkipped(at, task, reason, cause));
            lacksFallback(task);
        }
    }

    /// A task that would stand in for a failed one is about to be skipped: if their step may run again,
    /// it does, and the skip is not recorded.
    ///
    /// The step must not see all its tasks end before it is known that it runs again: its barrier would
    /// let through what comes after it.
    private boolean retryForLackOfFallback(int fallback) {
        int primary = state.primaryOf(fallback);
        if (primary == ExecutionState.NONE
                || !Frontier.failed(state, primary)
                || state.stopping()
                || state.inRetryingStep(primary)) {
            return false;
        }
        return retryStep(primary, failureOf(primary));
    }

    /// A task that would stand in for a failed one was skipped: the failure counts after all.
    private void lacksFallback(int fallback) {
        int primary = state.primaryOf(fallback);
        if (primary != ExecutionState.NONE && Frontier.failed(state, primary)) {
            stopIfStepSays(primary, failureOf(primary));
        }
    }

    private Failure failureOf(int task) {
        return Objects.requireNonNull(state.taskFailures[task], "a failed task has a failure");
    }

    private boolean retryStep(int task, Failure failure) {
        PlannedStep retrying = stepToRetry(state.definition(task).step());
        if (retrying != null) {
            emit.accept(new LogEvent.StepRetrying(at, retrying.index(), task, failure));
        }
        return retrying != null;
    }

    private void stopIfStepSays(int task, Failure failure) {
        OnError onError = state.plan.step(state.definition(task).step()).onError();
        boolean stops = switch (onError) {
            case STOP, RETRY -> true;
            case CONTINUE -> false;
        };
        if (stops && !state.stopping() && !state.inRetryingStep(task)) {
            emit.accept(new LogEvent.ExecutionStopping(
                    at,
                    StopReason.FAILURE,
                    task,
                    new Failure(
                            failure.code(),
                            "task %s failed: %s".formatted(state.path(task), failure.message()),
                            failure.retryable(),
                            0,
                            failure.context())));
        }
    }

    private @Nullable PlannedStep stepToRetry(int innermost) {
        for (int step = innermost; step != ExecutionState.NONE; step = state.steps.outer[step]) {
            if (state.steps.retries[step] < state.plan.step(step).maxRetries()) {
                return state.plan.step(step);
            }
        }
        return null;
    }

    private void fail(int task, Failure failure) {
        emit.accept(
                failure.code().equals(Failure.TIMEOUT) || failure.code().equals(Failure.DEADLINE_MISSED)
                        ? new LogEvent.TaskTimedOut(at, task, failure)
                        : new LogEvent.TaskFailed(at, task, failure));
    }

    /// A tolerated failure that no attempt reported is recorded, too.
    private void recordCause(int task, Failure failure) {
        if (!failure.equals(state.taskFailures[task])) {
            emit.accept(new LogEvent.AttemptFailed(at, task, state.attempt[task], failure, "", 0, List.of()));
        }
    }

    /// Items of a `forEach` that has a fallback fail alone: the fallback stands in for all of them.
    private boolean isItemOfRecoverable(int task) {
        Expansion expansion = state.expansions.holding(task);
        return expansion != null && state.plan.task(expansion.owner()).onFailure() != OnFailure.FAIL;
    }

    /// Starts over each step that is to run again and in which nothing runs any more.
    ///
    /// @return whether there was one
    boolean retrySteps() {
        if (state.steps.retrying.isEmpty() || state.stopping()) {
            return false;
        }
        boolean any = false;
        BitSet retrying = state.steps.retrying;
        for (int step = retrying.nextSetBit(0); step >= 0; step = retrying.nextSetBit(step + 1)) {
            int outer = state.steps.outer[step];
            boolean coveredByOuter = outer != ExecutionState.NONE && state.steps.isRetrying(outer);
            if (!coveredByOuter && state.steps.running[step] == 0) {
                emit.accept(new LogEvent.StepRetried(at, step));
                any = true;
            }
        }
        return any;
    }

    /// The task that failed first of those for which nothing stood in; -1 if there is none.
    int firstUnrecovered() {
        int first = ExecutionState.NONE;
        for (int task = 0; task < state.plan.taskCount(); task++) {
            if (StandIns.lacking(state, task)
                    && (first == ExecutionState.NONE || state.taskEndedAt[task] < state.taskEndedAt[first])) {
                first = task;
            }
        }
        return first;
    }

    /// Why the execution as a whole failed.
    Failure ofExecution() {
        Failure known = state.failure;
        if (known != null) {
            return known;
        }
        int failed = 0;
        for (int task = 0; task < state.plan.taskCount(); task++) {
            if (StandIns.lacking(state, task)) {
                failed++;
            }
        }
        return Failure.permanent(
                Failure.TASKS_FAILED, failed == 1 ? "1 task failed" : "%d tasks failed".formatted(failed));
    }
}
