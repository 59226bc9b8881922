package dev.ropewalk.execution;

import dev.ropewalk.plan.PlannedStep;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.PlannedTask.OnFailure;
import java.util.List;
import java.util.function.Consumer;
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

    void itemsFailed(int owner, int failed) {
        String message = failed == 1 ? "1 item failed" : failed + " items failed";
        taskFailed(owner, Failure.permanent(Failure.ITEMS_FAILED, message));
    }

    private void stepFailed(int task, Failure failure) {
        PlannedStep step = state.plan.step(state.definition(task).step());
        if (state.stopping()) {
            fail(task, failure);
            return;
        }
        PlannedStep retrying = stepToRetry(step.index());
        if (retrying != null) {
            emit.accept(new LogEvent.StepRetrying(at, retrying.index(), task, failure));
            return;
        }
        fail(task, failure);
        boolean stops = switch (step.onError()) {
            case STOP, RETRY -> true;
            case CONTINUE -> false;
        };
        if (stops) {
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
        for (int step = innermost; step != ExecutionState.NONE; step = state.outerStep[step]) {
            if (state.stepRetries[step] < state.plan.step(step).maxRetries()) {
                return state.plan.step(step);
            }
        }
        return null;
    }

    private void fail(int task, Failure failure) {
        emit.accept(
                failure.code().equals(Failure.TIMEOUT)
                        ? new LogEvent.TaskTimedOut(at, task, failure)
                        : new LogEvent.TaskFailed(at, task, failure));
    }

    /// A tolerated failure that no attempt reported is recorded, too.
    private void recordCause(int task, Failure failure) {
        if (state.taskFailures[task] == null) {
            emit.accept(new LogEvent.AttemptFailed(at, task, state.attempt[task], failure, "", 0, List.of()));
        }
    }

    /// Items of a `forEach` that has a fallback fail alone: the fallback stands in for all of them.
    private boolean isItemOfRecoverable(int task) {
        Expansion expansion = state.expansionHolding(task);
        return expansion != null && state.plan.task(expansion.owner()).onFailure() != OnFailure.FAIL;
    }

    /// Starts over each step that is to run again and in which nothing runs any more.
    ///
    /// @return whether there was one
    boolean retrySteps() {
        boolean any = false;
        for (int step = 0; state.retryingSteps > 0 && step < state.stepRetrying.length; step++) {
            if (state.stepRetrying[step] && !state.stopping() && runningIn(step) == 0) {
                emit.accept(new LogEvent.StepRetried(at, step));
                any = true;
            }
        }
        return any;
    }

    private int runningIn(int step) {
        int running = 0;
        for (int inner = 0; inner < state.stepRunning.length; inner++) {
            for (int around = inner; around != ExecutionState.NONE; around = state.outerStep[around]) {
                if (around == step) {
                    running += state.stepRunning[inner];
                }
            }
        }
        return running;
    }

    /// Whether a task failed for which nothing stood in.
    boolean anyUnrecovered() {
        for (int task = 0; task < state.plan.taskCount(); task++) {
            if (Frontier.failed(state, task) && state.standIn(task) == task) {
                return true;
            }
        }
        return false;
    }

    /// Why the execution as a whole failed.
    Failure ofExecution() {
        Failure known = state.failure;
        if (known != null) {
            return known;
        }
        int failed = 0;
        for (int task = 0; task < state.plan.taskCount(); task++) {
            if (Frontier.failed(state, task) && state.standIn(task) == task) {
                failed++;
            }
        }
        return Failure.permanent(
                Failure.TASKS_FAILED, failed == 1 ? "1 task failed" : "%d tasks failed".formatted(failed));
    }
}
