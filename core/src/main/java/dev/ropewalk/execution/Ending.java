package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.Template;
import java.util.function.Consumer;

/// Decides the end of an execution.
final class Ending {

    private final ExecutionState state;
    private final long at;
    private final Failures failures;
    private final Consumer<LogEvent> emit;

    Ending(ExecutionState state, long at, Failures failures, Consumer<LogEvent> emit) {
        this.state = state;
        this.at = at;
        this.failures = failures;
        this.emit = emit;
    }

    /// Ends it if nothing is left to happen.
    void finish() {
        if (state.status == ExecutionStatus.PENDING && state.stopping == null) {
            return;
        }
        StopReason reason = state.stopping;
        if (reason != null) {
            if (state.running == 0) {
                cancelRemaining();
                emit.accept(
                        switch (reason) {
                            case FAILURE -> new LogEvent.ExecutionFailed(at, state.stopCause, failures.ofExecution());
                            case CANCEL ->
                                new LogEvent.ExecutionCancelled(
                                        at, failures.ofExecution().message());
                            case TIMEOUT -> new LogEvent.ExecutionTimedOut(at);
                        });
            }
        } else if (state.remaining == 0) {
            int failed = failures.firstUnrecovered();
            if (failed != ExecutionState.NONE) {
                emit.accept(new LogEvent.ExecutionFailed(at, failed, failures.ofExecution()));
            } else if (state.plan.result().equals(Template.NULL)) {
                emit.accept(new LogEvent.ExecutionCompleted(at, StoredValue.NULL));
            }
        }
    }

    private void cancelRemaining() {
        TaskRanges.Builder remaining = new TaskRanges.Builder();
        for (int task = 0; task < state.tasks; task++) {
            boolean runs =
                    task >= state.plan.taskCount() || !state.plan.task(task).template();
            if (runs && !state.phase(task).ended()) {
                remaining.add(task);
            }
        }
        if (!remaining.isEmpty()) {
            emit.accept(new LogEvent.TasksCancelled(at, remaining.build()));
        }
    }
}
