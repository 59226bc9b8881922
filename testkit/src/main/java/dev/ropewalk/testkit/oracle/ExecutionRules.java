package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Template;
import java.util.HashSet;
import java.util.Set;

/// What may happen to an execution as a whole.
final class ExecutionRules {

    /// What those know who drive the engine.
    interface World {
        /// How long processes have lived together until the wall clock of `epoch` showed `at`, in
        /// microseconds; at most until now.
        long upMicros(long epoch, long at);

        /// The same, until now.
        long upMicros();

        boolean cancelWasAsked(String execution);

        /// Whether the process of this epoch was told to shut down.
        boolean shutsDown(long epoch);

        /// Whether the wall clock ever went back, so that times of events may stand still.
        boolean wallWentBack();
    }

    private final ExecutionModel x;
    private final World world;
    private final Reports reports;
    private final DataFlow data;
    private final TimeRules times;
    private final TaskRules tasks;
    private final AttemptRules attempts;
    private final StepRules steps;

    ExecutionRules(ExecutionModel execution, World world, Reports reports, DataFlow.Blobs blobs) {
        this.x = execution;
        this.world = world;
        this.reports = reports;
        this.data = new DataFlow(execution, blobs);
        this.times = new TimeRules(execution);
        this.tasks = new TaskRules(execution, reports, data, times);
        this.attempts = new AttemptRules(execution, world, reports, tasks, times);
        this.steps = new StepRules(execution, tasks);
    }

    TimeRules times() {
        return times;
    }

    DataFlow data() {
        return data;
    }

    /// Holds the next event against what is known, and notes it.
    ///
    /// @param epoch of the process that decided it
    void next(LogEvent event, long epoch) {
        x.lastSeq++;
        check(epoch >= x.epoch, "I9", "%s: epoch %d writes after %d", x, epoch, x.epoch);
        check(event.at() >= x.lastAt, "I3", "%s: time goes back to %d in %s", x, event.at(), event);
        x.lastAt = event.at();
        check(!x.status.ended() || event instanceof LogEvent.ResultRejected, "I3", "%s: %s after its end", x, event);
        check((x.lastSeq == 1) == (event instanceof LogEvent.ExecutionAccepted), "I15", "%s begins with %s", x, event);
        check(
                epoch == x.epoch || x.status != ExecutionStatus.RUNNING || event instanceof LogEvent.RecoveryInitiated,
                "I6",
                "%s goes on in epoch %d with %s",
                x,
                epoch,
                event);
        switch (event) {
            case LogEvent.ExecutionAccepted e -> accepted(e);
            case LogEvent.ExecutionStarted e -> started(e, epoch);
            case LogEvent.TasksQueued e -> tasks.queued(e);
            case LogEvent.TaskStarted e -> attempts.started(e);
            case LogEvent.TaskCompleted e -> attempts.completed(e);
            case LogEvent.CompletionHeld e -> attempts.held(e);
            case LogEvent.TaskDelayed e -> times.delayed(e);
            case LogEvent.DelayEnded e -> times.delayEnded(e);
            case LogEvent.DeadlineMissed e -> times.deadlineMissed(e);
            case LogEvent.AttemptFailed e -> attempts.attemptFailed(e);
            case LogEvent.AttemptStopped e -> attempts.attemptStopped(e, world.shutsDown(epoch));
            case LogEvent.RetryScheduled e -> attempts.retryScheduled(e);
            case LogEvent.TaskFailed e -> tasks.failed(e.task(), e.failure(), false);
            case LogEvent.TaskTimedOut e -> tasks.failed(e.task(), e.failure(), true);
            case LogEvent.TaskSkipped e -> tasks.skipped(e);
            case LogEvent.TasksCancelled e -> cancelled(e.tasks());
            case LogEvent.ConditionEvaluated e -> tasks.conditionEvaluated(e);
            case LogEvent.TaskExpanded e -> tasks.expanded(e);
            case LogEvent.StepRetrying e -> steps.retrying(e);
            case LogEvent.StepRetried e -> steps.retried(e);
            case LogEvent.ExecutionStopping e -> stopping(e);
            case LogEvent.ExecutionCompleted e -> completed(e);
            case LogEvent.ExecutionFailed e -> failed(e);
            case LogEvent.ExecutionCancelled e -> stopped(ExecutionStatus.CANCELLED, StopReason.CANCEL, e);
            case LogEvent.ExecutionTimedOut e -> stopped(ExecutionStatus.TIMED_OUT, StopReason.TIMEOUT, e);
            case LogEvent.RecoveryInitiated e -> recovered(e, epoch);
            case LogEvent.ResultRejected e -> attempts.rejected(e);
        }
        x.epoch = epoch;
    }

    private void accepted(LogEvent.ExecutionAccepted event) {
        check(event.id().equals(x.id), "I13", "%s is accepted as %s", x, event.id());
        check(event.planDigest().equals(x.planDigest), "I13", "%s is accepted with another plan", x);
    }

    private void started(LogEvent.ExecutionStarted event, long epoch) {
        check(x.status == ExecutionStatus.PENDING && !x.stopped(), "I15", "%s starts", x);
        x.status = ExecutionStatus.RUNNING;
        x.startedAt = event.at();
        x.startedUp = world.upMicros(epoch, event.at());
    }

    private void stopping(LogEvent.ExecutionStopping event) {
        check(!x.stopped(), "I15", "%s is stopped again: %s", x, event);
        switch (event.reason()) {
            case FAILURE -> {
                check(event.cause() == x.mustStop, "I15", "%s is stopped by task %d: %s", x, x.mustStop, event);
                x.mustStop = -1;
            }
            case CANCEL -> check(world.cancelWasAsked(x.id), "I8", "%s is cancelled, but nobody asked for it", x);
            case TIMEOUT -> {
                long up = world.upMicros() - x.startedUp;
                boolean late =
                        x.missed.contains(-1) && x.plan.constraints().onDeadlineMissed() == OnDeadlineMissed.FAIL;
                check(
                        late || (x.plan.timeoutMicros() > 0 && up >= x.plan.timeoutMicros()),
                        "I11",
                        "%s times out after %d µs, its timeout is %d",
                        x,
                        up,
                        x.plan.timeoutMicros());
            }
        }
        x.stopping = event.reason();
    }

    private void cancelled(TaskRanges ranges) {
        check(x.stopping != null && x.running() == 0, "I15", "%s cancels tasks", x);
        Set<Integer> cancelled = new HashSet<>();
        ranges.forEach(cancelled::add);
        for (TaskModel task : x.tasks) {
            if (task.isBarrier()) {
                task.stand = task.stand == Stand.DELAYED ? Stand.CANCELLED : task.stand;
                continue;
            }
            check(
                    cancelled.contains(task.index) == (!task.isPattern() && !task.stand.ended()),
                    "I16",
                    "%s: %s and cancelling of %s",
                    x,
                    task,
                    ranges);
            if (cancelled.contains(task.index)) {
                task.stand = Stand.CANCELLED;
            }
        }
    }

    private void completed(LogEvent.ExecutionCompleted event) {
        everythingHasEnded(event);
        check(x.stopping == null && !x.anyUnrecovered(), "I16", "%s completes though a task failed", x);
        if (x.plan.result().equals(Template.NULL)) {
            check(event.result().equals(StoredValue.NULL), "I17", "%s returns %s", x, event.result());
        } else {
            data.checkResult(event.result());
        }
        x.result = event.result();
        x.status = ExecutionStatus.COMPLETED;
    }

    private void failed(LogEvent.ExecutionFailed event) {
        everythingHasEnded(event);
        boolean right = x.stopping == StopReason.FAILURE
                || (x.stopping == null && (x.anyUnrecovered() || resultFailed(event.failure())));
        check(right, "I16", "%s fails: %s", x, event);
        x.status = ExecutionStatus.FAILED;
    }

    private boolean resultFailed(Failure failure) {
        return reports.saidResultFailed(x.id, failure);
    }

    private void stopped(ExecutionStatus status, StopReason reason, LogEvent event) {
        everythingHasEnded(event);
        check(x.stopping == reason, "I16", "%s ends with %s", x, event);
        x.status = status;
    }

    private void everythingHasEnded(LogEvent event) {
        check(x.running() == 0 && x.allEnded(), "I16", "%s ends before its tasks: %s, %s", x, event, x.tasks);
    }

    private void recovered(LogEvent.RecoveryInitiated event, long epoch) {
        check(x.status == ExecutionStatus.RUNNING, "I15", "%s is recovered", x);
        check(
                event.epoch() == epoch && epoch > x.epoch,
                "I6",
                "%s is recovered by epoch %d in %d after %d",
                x,
                event.epoch(),
                epoch,
                x.epoch);
        check(event.lost() == x.running(), "I6", "%s lost %d attempts, not %d", x, x.running(), event.lost());
        x.toLose = event.lost();
    }
}
