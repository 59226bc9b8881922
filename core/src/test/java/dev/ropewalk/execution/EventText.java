package dev.ropewalk.execution;

import java.util.Locale;
import java.util.StringJoiner;

/// An event in a few words, with the paths of tasks in place of their indexes, so that a specification
/// reads well and a failure prints what happened.
final class EventText {

    private EventText() {}

    static String of(ExecutionState state, LogEvent event) {
        return switch (event) {
            case LogEvent.ExecutionAccepted e -> "accepted " + e.id();
            case LogEvent.ExecutionStarted _ -> "execution started";
            case LogEvent.TasksQueued e -> "queued" + paths(state, e.tasks());
            case LogEvent.TaskStarted e -> "started " + state.path(e.task()) + " #" + e.attempt();
            case LogEvent.TaskCompleted e -> "completed " + state.path(e.task());
            case LogEvent.CompletionHeld e -> "held " + state.path(e.task());
            case LogEvent.TaskDelayed e ->
                "delayed " + state.path(e.task()) + " by " + millis(e.due() - e.at()) + " " + e.reason();
            case LogEvent.DelayEnded e -> "delay ended " + state.path(e.task());
            case LogEvent.DeadlineMissed e ->
                "deadline missed " + (e.task() < 0 ? "" : state.path(e.task()) + " ") + e.action();
            case LogEvent.AttemptFailed e ->
                "attempt failed " + state.path(e.task()) + " #" + e.attempt() + " "
                        + e.failure().code();
            case LogEvent.AttemptStopped e -> "attempt stopped " + state.path(e.task()) + " " + e.reason();
            case LogEvent.RetryScheduled e -> "retry of " + state.path(e.task()) + " in " + millis(e.due() - e.at());
            case LogEvent.TaskFailed e ->
                "failed " + state.path(e.task()) + " " + e.failure().code();
            case LogEvent.TaskTimedOut e -> "timed out " + state.path(e.task());
            case LogEvent.TaskSkipped e ->
                "skipped " + state.path(e.task()) + " " + e.reason()
                        + (e.cause() < 0 ? "" : " because of " + state.path(e.cause()));
            case LogEvent.TasksCancelled e -> "cancelled" + paths(state, e.tasks());
            case LogEvent.ConditionEvaluated e ->
                "condition of " + state.path(e.task()) + (e.holds() ? " holds" : " does not hold");
            case LogEvent.TaskExpanded e -> "expanded " + state.path(e.task()) + " into " + e.count();
            case LogEvent.StepRetrying e ->
                "step " + step(state, e.step()) + " will run again because of " + state.path(e.cause());
            case LogEvent.StepRetried e -> "step " + step(state, e.step()) + " runs again";
            case LogEvent.ExecutionStopping e ->
                "stopping: " + e.reason().toString().toLowerCase(Locale.ROOT)
                        + (e.cause() < 0 ? "" : " of " + state.path(e.cause()));
            case LogEvent.ExecutionCompleted _ -> "COMPLETED";
            case LogEvent.ExecutionFailed e ->
                "FAILED " + e.failure().code() + (e.task() < 0 ? "" : " at " + state.path(e.task()));
            case LogEvent.ExecutionCancelled e -> "CANCELLED " + e.reason();
            case LogEvent.ExecutionTimedOut _ -> "TIMED_OUT";
            case LogEvent.RecoveryInitiated e -> "recovered, lost " + e.lost();
            case LogEvent.ResultRejected e -> "rejected " + state.path(e.task()) + " #" + e.attempt();
        };
    }

    private static String step(ExecutionState state, int step) {
        return state.plan().step(step).path();
    }

    private static String paths(ExecutionState state, TaskRanges ranges) {
        StringJoiner paths = new StringJoiner(" ", " ", "");
        ranges.forEach(task -> paths.add(state.path(task)));
        return paths.toString();
    }

    private static String millis(long micros) {
        return micros / 1_000 + " ms";
    }
}
