package dev.ropewalk.execution;

import java.util.List;
import java.util.Optional;

/// What the engine asks of, or reports to, an execution. `at` is microseconds since 1970.
public sealed interface ExecutionCommand {

    long at();

    /// The first command: the execution is accepted.
    record Accept(long at, String id, long seed, String planDigest) implements ExecutionCommand {}

    record Start(long at) implements ExecutionCommand {}

    /// There is a slot for a queued task, and what else it needs. Leads to nothing if the task may not
    /// start any more.
    ///
    /// @param grants what it was given besides the slot
    /// @param agent who will run it; empty for whoever has the tool in the process
    record StartTask(long at, int task, List<ResourceGrant> grants, String agent) implements ExecutionCommand {
        public StartTask(long at, int task) {
            this(at, task, List.of(), "");
        }
    }

    /// A queued task will never get what it needs. Leads to nothing if it may not start any more.
    record RefuseTask(long at, int task, Failure failure) implements ExecutionCommand {}

    record ReportSuccess(
            long at,
            int task,
            int attempt,
            StoredValue result,
            String inputDigest,
            long runMicros,
            List<ResourceUse> usage)
            implements ExecutionCommand {}

    record ReportFailure(
            long at,
            int task,
            int attempt,
            Failure failure,
            String inputDigest,
            long runMicros,
            List<ResourceUse> usage)
            implements ExecutionCommand {}

    /// The attempt was told to stop and has ended, or was given up.
    ///
    /// @param checkpoint what it saved for the next attempt
    record ReportStopped(long at, int task, int attempt, AttemptEnd reason, Optional<StoredValue> checkpoint)
            implements ExecutionCommand {
        public ReportStopped(long at, int task, int attempt, AttemptEnd reason) {
            this(at, task, attempt, reason, Optional.empty());
        }
    }

    /// The verdict of a task's condition and, if it holds, the items of a `forEach`.
    ///
    /// @param count how many items; 0 unless the task is a `forEach`
    record ReportEvaluation(long at, int task, int generation, boolean holds, int count, StoredValue items)
            implements ExecutionCommand {}

    record ReportEvaluationFailed(long at, int task, int generation, Failure failure) implements ExecutionCommand {}

    record ReportResult(long at, StoredValue result) implements ExecutionCommand {}

    record ReportResultFailed(long at, Failure failure) implements ExecutionCommand {}

    record RetryDue(long at, int task) implements ExecutionCommand {}

    /// A task's delay, or the lag after which it completes, has passed.
    record DelayDue(long at, int task) implements ExecutionCommand {}

    /// The next deadline has passed.
    record DeadlineDue(long at) implements ExecutionCommand {}

    record TimeoutDue(long at) implements ExecutionCommand {}

    record Cancel(long at, String reason) implements ExecutionCommand {}

    /// Another owner goes on: attempts that were running are lost.
    record Recover(long at, long epoch) implements ExecutionCommand {}
}
