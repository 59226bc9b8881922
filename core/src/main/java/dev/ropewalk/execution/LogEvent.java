package dev.ropewalk.execution;

import dev.ropewalk.plan.OnDeadlineMissed;
import java.util.List;
import java.util.Optional;

/// A fact about an execution, recorded once and never changed. What people see as events is projected
/// from these.
///
/// `at` is in microseconds since 1970 and never decreases within an execution; `task` is the dense
/// index; attempts count from 1.
public sealed interface LogEvent {

    long at();

    /// @param seed from which the jitter of its retries is drawn
    record ExecutionAccepted(long at, String id, long seed, String planDigest) implements LogEvent {}

    record ExecutionStarted(long at) implements LogEvent {}

    /// The tasks may start as soon as there is a slot.
    record TasksQueued(long at, TaskRanges tasks) implements LogEvent {}

    /// @param grants what it holds until it ends; empty if it only takes a slot
    /// @param agent who runs it; empty for whoever has the tool in the process
    record TaskStarted(long at, int task, int attempt, List<ResourceGrant> grants, String agent) implements LogEvent {
        public TaskStarted(long at, int task, int attempt) {
            this(at, task, attempt, List.of(), "");
        }
    }

    /// @param inputDigest SHA-256 of the evaluated arguments, in hex; empty if there were none
    /// @param runMicros how long the attempt ran, measured on its thread
    record TaskCompleted(
            long at,
            int task,
            int attempt,
            StoredValue result,
            String inputDigest,
            long runMicros,
            List<ResourceUse> usage)
            implements LogEvent {}

    /// An attempt, or the items of a `forEach`, succeeded, and other tasks hold the completion of the task.
    /// It has its result and needs nothing any more but them. Its end is an event of its own, which says the
    /// result once more.
    record CompletionHeld(
            long at,
            int task,
            int attempt,
            StoredValue result,
            String inputDigest,
            long runMicros,
            List<ResourceUse> usage)
            implements LogEvent {}

    /// The task waits for a point in time, and needs no slot until then.
    record TaskDelayed(long at, int task, long due, DelayReason reason) implements LogEvent {}

    /// What is not queued goes on after its delay: a `forEach`, or the end of a step.
    record DelayEnded(long at, int task) implements LogEvent {}

    /// A deadline passed.
    ///
    /// @param task whose it was; -1 for the execution's
    record DeadlineMissed(long at, int task, OnDeadlineMissed action) implements LogEvent {}

    /// A reported failure, which counts against the retry policy. What follows from it is an event of
    /// its own.
    record AttemptFailed(
            long at,
            int task,
            int attempt,
            Failure failure,
            String inputDigest,
            long runMicros,
            List<ResourceUse> usage)
            implements LogEvent {}

    /// An attempt ended without an outcome; it does not count against the retry policy.
    ///
    /// @param checkpoint what it saved for the next attempt
    record AttemptStopped(long at, int task, int attempt, AttemptEnd reason, Optional<StoredValue> checkpoint)
            implements LogEvent {
        public AttemptStopped(long at, int task, int attempt, AttemptEnd reason) {
            this(at, task, attempt, reason, Optional.empty());
        }
    }

    record RetryScheduled(long at, int task, long due) implements LogEvent {}

    /// The task failed for good.
    record TaskFailed(long at, int task, Failure failure) implements LogEvent {}

    /// The last attempt of the task ran into its timeout.
    record TaskTimedOut(long at, int task, Failure failure) implements LogEvent {}

    /// @param cause the task whose failure is the root of it, or -1
    record TaskSkipped(long at, int task, SkipReason reason, int cause) implements LogEvent {}

    record TasksCancelled(long at, TaskRanges tasks) implements LogEvent {}

    record ConditionEvaluated(long at, int task, boolean holds) implements LogEvent {}

    /// A `forEach` got its items; their tasks take the next `count` times its patterns indexes.
    record TaskExpanded(long at, int task, int count, StoredValue items) implements LogEvent {}

    /// A step will run again once its running attempts have ended.
    record StepRetrying(long at, int step, int cause, Failure failure) implements LogEvent {}

    /// All tasks of the step are pending again, in the next generation.
    record StepRetried(long at, int step) implements LogEvent {}

    /// Nothing starts any more; what runs is told to stop.
    ///
    /// @param cause the task that failed, or -1
    record ExecutionStopping(long at, StopReason reason, int cause, Failure failure) implements LogEvent {}

    record ExecutionCompleted(long at, StoredValue result) implements LogEvent {}

    /// @param task the task that failed first, or -1
    record ExecutionFailed(long at, int task, Failure failure) implements LogEvent {}

    record ExecutionCancelled(long at, String reason) implements LogEvent {}

    record ExecutionTimedOut(long at) implements LogEvent {}

    /// Another process goes on with the execution.
    ///
    /// @param epoch of the owner that goes on
    /// @param lost how many attempts were running when the last owner ended
    record RecoveryInitiated(long at, long epoch, int lost) implements LogEvent {}

    /// An outcome came too late, or twice; it changes nothing.
    record ResultRejected(long at, int task, int attempt) implements LogEvent {}
}
