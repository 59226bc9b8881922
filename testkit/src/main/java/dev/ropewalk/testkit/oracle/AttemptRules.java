package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.OnLost;

/// What may happen to the attempts of a task: how they start, and what comes of them.
final class AttemptRules {

    private final ExecutionModel x;
    private final ExecutionRules.World world;
    private final Reports reports;
    private final TaskRules tasks;
    private final TimeRules times;

    AttemptRules(
            ExecutionModel execution, ExecutionRules.World world, Reports reports, TaskRules tasks, TimeRules times) {
        this.times = times;
        this.x = execution;
        this.world = world;
        this.reports = reports;
        this.tasks = tasks;
    }

    void started(LogEvent.TaskStarted event) {
        TaskModel task = x.task(event.task());
        check(!x.stopped(), "I8", "%s starts %s", x, task);
        check(task.stand == Stand.QUEUED, "I15", "%s: %s starts", x, task);
        check(!x.inRetryingStep(task), "I15", "%s: %s starts in a step that is about to run again", x, task);
        check(event.attempt() == task.attempts + 1, "I7", "%s: %s starts attempt %d", x, task, event.attempt());
        tasks.mayRun(task, "starts");
        times.mayStart(task, event.at(), "starts");
        x.written.checkStart(x, task);
        check(
                task.definition.onLost() == OnLost.RERUN || !task.lostInGeneration,
                "I7",
                "%s: %s runs again, though whether its lost attempt had an effect is unknown",
                x,
                task);
        task.attempts = event.attempt();
        task.startedAt = event.at();
        task.stand = Stand.RUNNING;
        tasks.started(task);
        int limit = x.plan.maxParallel();
        check(limit == 0 || x.running() <= limit, "I2", "%s runs %d attempts, at most %d", x, x.running(), limit);
    }

    void completed(LogEvent.TaskCompleted event) {
        TaskModel task = x.task(event.task());
        Verdict verdict = x.endVerdict(task);
        check(verdict instanceof Verdict.Run, "I1", "%s: %s completes, but %s", x, task, verdict);
        long lags = x.predecessors.lagsPassed(x, task, true);
        check(event.at() >= lags, "I11", "%s: %s completes %d µs early", x, task, lags - event.at());
        x.written.checkEnd(x, task);
        if (task.stand == Stand.FINISHING) {
            check(
                    event.result().equals(task.result) && event.attempt() == task.attempts && event.runMicros() == 0,
                    "I10",
                    "%s: %s completes with another result than it had: %s",
                    x,
                    task,
                    event);
        } else {
            hasResult(task, event);
        }
        task.stand = Stand.COMPLETED;
        tasks.ended(task);
    }

    /// It has its result, and its completion is held: because of others that have not come so far, or will
    /// not, or because of a lag.
    void held(LogEvent.CompletionHeld event) {
        TaskModel task = x.task(event.task());
        hasResult(
                task,
                new LogEvent.TaskCompleted(
                        event.at(),
                        event.task(),
                        event.attempt(),
                        event.result(),
                        event.inputDigest(),
                        event.runMicros(),
                        event.usage()));
        check(
                !(x.endVerdict(task) instanceof Verdict.Run) || x.predecessors.lagsPassed(x, task, true) > event.at(),
                "I1",
                "%s: the completion of %s is held, but nothing holds it",
                x,
                task);
        task.due = 0;
        task.stand = Stand.FINISHING;
    }

    private void hasResult(TaskModel task, LogEvent.TaskCompleted event) {
        check(!TimeRules.failsLate(x, task), "I11", "%s: %s has a result after its deadline", x, task);
        if (task.isForEach()) {
            itemsCompleted(task, event);
        } else {
            isRunning(task, event.attempt(), "completes");
            ranNoLonger(task, event.at(), event.runMicros());
            check(
                    reports.saidSuccess(x.id, event.task(), event.attempt(), event.result(), event.inputDigest()),
                    "I10",
                    "%s: the result of %s is not what attempt %d returned: %s",
                    x,
                    task,
                    event.attempt(),
                    event);
            check(++task.accepted == 1, "I10", "%s: a second result of %s is accepted", x, task);
        }
        task.result = event.result();
    }

    private void isRunning(TaskModel task, int attempt, String what) {
        check(
                task.stand == Stand.RUNNING && task.attempts == attempt,
                "I10",
                "%s: attempt %d of %s %s",
                x,
                attempt,
                task,
                what);
    }

    private void ranNoLonger(TaskModel task, long at, long micros) {
        long most = at - task.startedAt;
        check(
                micros >= 0 && (micros <= most || world.wallWentBack()),
                "I27",
                "%s: %s ran for %d µs within %d",
                x,
                task,
                micros,
                most);
    }

    private void itemsCompleted(TaskModel task, LogEvent.TaskCompleted event) {
        check(!x.stopped(), "I15", "%s completes %s", x, task);
        tasks.itemsHaveEnded(task);
        check(
                task.items.stream().noneMatch(TaskRules::spoilsItsForEach),
                "I16",
                "%s: %s completes though an item failed",
                x,
                task);
        check(event.result() instanceof StoredValue.Collected, "I17", "%s: %s returns %s", x, task, event.result());
    }

    void attemptFailed(LogEvent.AttemptFailed event) {
        TaskModel task = x.task(event.task());
        task.failure = event.failure();
        if (task.stand != Stand.RUNNING) {
            // A failure that no attempt reported is recorded because it is going to be tolerated.
            check(
                    task.toleratesFailure() && !task.stand.ended() && event.runMicros() == 0,
                    "I10",
                    "%s: attempt %d of %s fails",
                    x,
                    event.attempt(),
                    task);
            tasks.noAttemptBehind(task, event.failure());
            task.failureReported = false;
        } else {
            isRunning(task, event.attempt(), "fails");
            ranNoLonger(task, event.at(), event.runMicros());
            boolean givenUp = event.failure().code().equals(Failure.TIMEOUT)
                    && reports.wasAbandoned(x.id, event.task(), event.attempt());
            check(
                    givenUp
                            || (event.failure().code().equals(Failure.DEADLINE_MISSED) && TimeRules.failsLate(x, task))
                            || reports.saidFailure(x.id, event.task(), event.attempt(), event.failure()),
                    "I10",
                    "%s: attempt %d of %s did not fail with %s",
                    x,
                    event.attempt(),
                    task,
                    event.failure());
            task.failureReported = true;
            task.failures++;
        }
        task.losses = 0;
        task.stand = Stand.HELD;
    }

    void attemptStopped(LogEvent.AttemptStopped event, boolean shuttingDown) {
        TaskModel task = x.task(event.task());
        isRunning(task, event.attempt(), "is stopped");
        if (event.reason() == AttemptEnd.LOST) {
            check(--x.toLose >= 0, "I7", "%s: %s is lost, but its process lives", x, task);
            task.losses++;
            task.lostInGeneration = true;
        } else {
            check(
                    reports.saidStopped(x.id, event.task(), event.attempt())
                            || reports.wasAbandoned(x.id, event.task(), event.attempt()),
                    "I10",
                    "%s: nobody stopped attempt %d of %s",
                    x,
                    event.attempt(),
                    task);
            boolean right = switch (event.reason()) {
                case CANCELLED -> x.stopped();
                case STEP_RETRY -> x.stopped() || x.inRetryingStep(task);
                case DEADLINE -> TimeRules.failsLate(x, task);
                case SHUTDOWN -> shuttingDown;
                case PREEMPTED -> false; // no plan of the simulator has a task that may be
                case LOST -> true;
            };
            check(right, "I15", "%s: %s is stopped because of %s", x, task, event.reason());
            task.losses = 0;
        }
        task.failureReported = false;
        task.stand = Stand.HELD;
    }

    void retryScheduled(LogEvent.RetryScheduled event) {
        TaskModel task = x.task(event.task());
        Failure failure = task.failure;
        check(!TimeRules.failsLate(x, task), "I11", "%s: %s is retried after its deadline", x, task);
        check(
                task.stand == Stand.HELD && task.failureReported && failure != null && !x.stopped(),
                "I7",
                "%s: %s is retried",
                x,
                task);
        if (failure != null) {
            RetryRule.Bounds bounds = RetryRule.next(task.definition.retry(), failure, task.failures)
                    .orElseThrow(() -> new Violation(
                            "I7", "%s: %s is retried after failure %d, %s".formatted(x, task, task.failures, failure)));
            long delay = event.due() - event.at();
            check(bounds.contain(delay), "I7", "%s: %s backs off for %d µs, not %s", x, task, delay, bounds);
        }
        task.due = event.due();
        task.stand = Stand.BACKING_OFF;
    }

    void rejected(LogEvent.ResultRejected event) {
        boolean current = event.task() < x.tasks.size()
                && x.task(event.task()).stand == Stand.RUNNING
                && x.task(event.task()).attempts == event.attempt();
        check(!current, "I10", "%s: the result of attempt %d of task %d is rejected", x, event.attempt(), event.task());
    }
}
