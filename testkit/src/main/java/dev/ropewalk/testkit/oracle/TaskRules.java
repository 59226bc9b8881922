package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.PlannedTask;

/// What may happen to a task but for its attempts, and when: each event is held against what the model
/// knows, then noted.
final class TaskRules {

    private final ExecutionModel x;
    private final Reports reports;
    private final DataFlow data;
    private final TimeRules times;

    TaskRules(ExecutionModel execution, Reports reports, DataFlow data, TimeRules times) {
        this.times = times;
        this.x = execution;
        this.reports = reports;
        this.data = data;
    }

    void queued(LogEvent.TasksQueued event) {
        check(!x.stopped(), "I8", "%s queues tasks though it is being stopped", x);
        event.tasks().forEach(index -> {
            TaskModel task = x.task(index);
            switch (task.stand) {
                case PENDING -> firstQueued(task, event.at());
                case DELAYED -> {
                    check(event.at() >= task.due, "I11", "%s: %s ends its delay early", x, task);
                    firstQueued(task, event.at());
                }
                case BACKING_OFF ->
                    check(
                            event.at() >= task.due,
                            "I11",
                            "%s: %s ends its backoff %d µs early",
                            x,
                            task,
                            task.due - event.at());
                case HELD -> mayRunAgainAfterLoss(task);
                case QUEUED, RUNNING, EXPANDED, FINISHING, COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED ->
                    throw new Violation("I15", "%s: %s is queued".formatted(x, task));
            }
            task.stand = Stand.QUEUED;
        });
    }

    private void firstQueued(TaskModel task, long at) {
        mayRun(task, "is queued");
        Verdict verdict = x.verdict(task);
        check(verdict instanceof Verdict.Run, "I1", "%s: %s is queued, but %s", x, task, verdict);
        check(!TimeRules.failsLate(x, task), "I11", "%s: %s is queued after its deadline", x, task);
        times.mayStart(task, at, "is queued");
        check(!task.isForEach(), "I15", "%s: %s is queued, but has to expand", x, task);
        check(
                !task.isConditional() || Boolean.TRUE.equals(task.condition),
                "I1",
                "%s: %s is queued, but its condition does not hold",
                x,
                task);
    }

    void mayRun(TaskModel task, String what) {
        check(!task.isPattern() && !task.isBarrier(), "I15", "%s: %s %s, but never runs", x, task, what);
        check(x.status == ExecutionStatus.RUNNING, "I15", "%s: %s %s before it started", x, task, what);
        Verdict verdict = x.startVerdict(task);
        check(verdict instanceof Verdict.Run, "I1", "%s: %s %s, but %s", x, task, what, verdict);
    }

    private void mayRunAgainAfterLoss(TaskModel task) {
        check(!task.failureReported, "I7", "%s: %s is queued without backoff", x, task);
        check(
                task.definition.onLost() == OnLost.RERUN,
                "I7",
                "%s: %s runs again, though whether its lost attempt had an effect is unknown",
                x,
                task);
        check(task.losses < 3, "I7", "%s: %s runs again after %d losses", x, task, task.losses);
    }

    void itemsHaveEnded(TaskModel task) {
        check(task.stand == Stand.EXPANDED, "I15", "%s: %s ends as a forEach", x, task);
        check(
                task.items.stream().allMatch(item -> item.stand.ended()),
                "I16",
                "%s: %s ends before its items: %s",
                x,
                task,
                task.items);
    }

    static boolean spoilsItsForEach(TaskModel item) {
        return item.stand.failed() || item.skippedBecauseOfFailure();
    }

    /// Why a task fails that has no attempt to fail.
    void noAttemptBehind(TaskModel task, Failure failure) {
        switch (failure.code()) {
            case Failure.ITEMS_FAILED -> {
                itemsHaveEnded(task);
                check(
                        task.items.stream().anyMatch(TaskRules::spoilsItsForEach),
                        "I16",
                        "%s: no item of %s failed",
                        x,
                        task);
            }
            case Failure.OUTCOME_UNKNOWN ->
                check(
                        task.stand == Stand.HELD && task.definition.onLost() == OnLost.UNKNOWN,
                        "I7",
                        "%s: the outcome of %s is not unknown",
                        x,
                        task);
            case Failure.DEADLINE_MISSED -> {
                if (task.stand == Stand.PENDING) {
                    mayRun(task, "fails by its deadline");
                }
                check(
                        TimeRules.failsLate(x, task) && !task.stand.ended(),
                        "I11",
                        "%s: %s did not miss its deadline",
                        x,
                        task);
            }
            case "BUDGET_EXCEEDED" ->
                check(task.stand == Stand.QUEUED, "I15", "%s: %s fails for want of money", x, task);
            case Failure.ATTEMPT_LOST ->
                check(
                        task.stand == Stand.HELD && task.losses >= 3,
                        "I7",
                        "%s: %s fails after %d losses",
                        x,
                        task,
                        task.losses);
            default -> {
                check(task.stand == Stand.PENDING, "I15", "%s: %s fails with %s", x, task, failure);
                mayRun(task, "is evaluated");
                check(
                        reports.saidEvaluationFailed(x.id, task.index, task.generation, failure),
                        "I10",
                        "%s: nobody said that evaluating %s failed with %s",
                        x,
                        task,
                        failure);
            }
        }
    }

    void failed(int index, Failure failure, boolean timedOut) {
        TaskModel task = x.task(index);
        mayFail(task, failure);
        check(!task.toleratesFailure(), "I15", "%s: the failure of %s is to be tolerated", x, task);
        check(
                timedOut
                        == (failure.code().equals(Failure.TIMEOUT)
                                || failure.code().equals(Failure.DEADLINE_MISSED)),
                "I15",
                "%s: %s fails with %s",
                x,
                task,
                failure.code());
        if (!x.stopped() && StepRules.concernsStep(task)) {
            check(StepRules.toRetry(x, task) == null, "I15", "%s: %s fails, but its step is to run again", x, task);
            StepRules.stopIfStepSays(x, task);
        }
        task.failure = failure;
        task.stand = timedOut ? Stand.TIMED_OUT : Stand.FAILED;
        ended(task);
    }

    /// Whether the task has failed for good, however that is taken.
    void mayFail(TaskModel task, Failure failure) {
        if (failure.code().equals(Failure.DEADLINE_MISSED)) {
            check(task.stand != Stand.RUNNING, "I15", "%s: %s fails while it runs", x, task);
            noAttemptBehind(task, failure);
            return;
        }
        check(
                !TimeRules.failsLate(x, task) || x.stopped(),
                "I11",
                "%s: %s fails with %s after its deadline",
                x,
                task,
                failure);
        if (task.stand == Stand.HELD && task.failureReported) {
            check(failure.equals(task.failure), "I10", "%s: %s did not fail with %s", x, task, failure);
            check(
                    x.stopped()
                            || RetryRule.next(task.definition.retry(), failure, task.failures)
                                    .isEmpty(),
                    "I7",
                    "%s: %s fails after failure %d, though its policy asks for another attempt",
                    x,
                    task,
                    task.failures);
        } else {
            check(
                    task.stand == Stand.HELD
                            || task.stand == Stand.PENDING
                            || task.stand == Stand.QUEUED
                            || task.stand == Stand.EXPANDED,
                    "I15",
                    "%s: %s fails",
                    x,
                    task);
            noAttemptBehind(task, failure);
        }
    }

    void skipped(LogEvent.TaskSkipped event) {
        TaskModel task = x.task(event.task());
        if (event.reason() == SkipReason.FAILURE_TOLERATED && task.toleratesFailure()) {
            check(task.stand == Stand.HELD && task.failure != null, "I15", "%s: %s is tolerated", x, task);
            if (task.failureReported && task.failure != null) {
                mayFail(task, task.failure);
            }
        } else {
            boolean waited = task.stand == Stand.PENDING || task.stand == Stand.DELAYED;
            check(waited || task.stand == Stand.FINISHING, "I15", "%s: %s is skipped: %s", x, task, event);
            boolean shut = event.reason() == SkipReason.WHEN_FALSE
                    && Boolean.FALSE.equals(task.condition)
                    && x.startVerdict(task) instanceof Verdict.Run;
            Verdict verdict = waited ? x.verdict(task) : x.endVerdict(task);
            boolean right = switch (verdict) {
                case Verdict.Skip skip -> shut || skip.allows(event.reason(), event.cause());
                case Verdict.Run _ -> shut;
                case Verdict.Wait _ -> false;
            };
            check(right, "I1", "%s: %s is skipped with %s, but %s", x, task, event, verdict);
        }
        task.skip = event.reason();
        task.skipCause = event.cause();
        task.stand = Stand.SKIPPED;
        ended(task);
        TaskModel primary = x.failedPrimaryOf(task);
        if (primary != null && event.reason() != SkipReason.FAILURE_TOLERATED && !x.inRetryingStep(primary)) {
            check(
                    x.stopped() || StepRules.toRetry(x, primary) == null,
                    "I15",
                    "%s: %s does not stand in for %s, but their step is to run again",
                    x,
                    task,
                    primary);
            StepRules.stopIfStepSays(x, primary);
        }
    }

    /// The task has got its final stand.
    void ended(TaskModel task) {
        task.endedAt = x.lastAt;
        if (!task.started) {
            x.predecessors.started(x, task, x.lastAt);
        }
    }

    /// An attempt, or the items, have started.
    void started(TaskModel task) {
        if (!task.started) {
            task.started = true;
            task.firstStartedAt = task.firstStartedAt == 0 ? x.lastAt : task.firstStartedAt;
            x.predecessors.started(x, task, x.lastAt);
        }
    }

    void conditionEvaluated(LogEvent.ConditionEvaluated event) {
        TaskModel task = x.task(event.task());
        check(
                task.stand == Stand.PENDING && task.isConditional() && task.condition == null,
                "I15",
                "%s: the condition of %s is evaluated",
                x,
                task);
        mayRun(task, "has its condition evaluated");
        data.checkCondition(task, event.holds());
        task.condition = event.holds();
    }

    void expanded(LogEvent.TaskExpanded event) {
        TaskModel task = x.task(event.task());
        PlannedTask definition = task.definition;
        check(task.stand == Stand.PENDING && task.isForEach(), "I15", "%s: %s expands", x, task);
        mayRun(task, "expands");
        long lags = x.predecessors.lagsPassed(x, task, false);
        check(event.at() >= lags, "I11", "%s: %s expands %d µs early", x, task, lags - event.at());
        check(
                !task.isConditional() || Boolean.TRUE.equals(task.condition),
                "I1",
                "%s: %s expands, but its condition does not hold",
                x,
                task);
        check(event.count() <= definition.maxItems(), "I19", "%s: %s expands to %d", x, task, event.count());
        data.checkItems(task, event.count(), event.items());
        for (int item = 0; item < event.count(); item++) {
            for (PlannedTask pattern : x.plan.tasks()) {
                if (pattern.group() == task.index) {
                    String path = pattern.path().replace("[*]", "[" + item + "]");
                    TaskModel model = new TaskModel(x.tasks.size(), pattern, path, task, item);
                    model.generation = task.generation;
                    x.tasks.add(model);
                    task.items.add(model);
                }
            }
        }
        task.itemCount = event.count();
        task.itemList = event.items();
        task.stand = Stand.EXPANDED;
        started(task);
    }
}
