package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.PlannedTask.OnFailure;
import org.jspecify.annotations.Nullable;

/// What the failure of a task means for the steps around it.
final class StepRules {

    private final ExecutionModel x;
    private final TaskRules tasks;

    StepRules(ExecutionModel execution, TaskRules tasks) {
        this.x = execution;
        this.tasks = tasks;
    }

    /// Whether the step's policy decides, and not one of the task's own.
    static boolean concernsStep(TaskModel task) {
        boolean coveredByForEach = task.owner != null && task.owner.definition.onFailure() != OnFailure.FAIL;
        return task.definition.onFailure() == OnFailure.FAIL && !coveredByForEach;
    }

    /// The innermost step around the task that may run once more.
    static @Nullable StepModel toRetry(ExecutionModel execution, TaskModel task) {
        for (StepModel step : StepModel.around(execution.steps, task)) {
            if (step.retries < step.definition.maxRetries()) {
                return step;
            }
        }
        return null;
    }

    /// Notes that a failure with which its step is left alone is the end of the execution.
    static void stopIfStepSays(ExecutionModel execution, TaskModel task) {
        OnError onError = execution.plan.step(task.definition.step()).onError();
        if (onError != OnError.CONTINUE && !execution.stopped() && execution.mustStop < 0) {
            execution.mustStop = task.index;
        }
    }

    void retrying(LogEvent.StepRetrying event) {
        TaskModel cause = x.task(event.cause());
        StepModel step = x.steps.get(event.step());
        check(!x.stopped(), "I15", "%s: step %s is to run again", x, step.definition.path());
        check(!step.retrying, "I15", "%s: step %s is already to run again", x, step.definition.path());
        if (cause.stand.failed()) {
            lacksFallback(cause);
        } else {
            check(concernsStep(cause), "I15", "%s: %s makes its step run again", x, cause);
            tasks.mayFail(cause, event.failure());
        }
        check(
                toRetry(x, cause) == step,
                "I7",
                "%s: step %s is to run again because of %s",
                x,
                step.definition.path(),
                cause);
        step.retrying = true;
    }

    /// The task has failed and the one that would stand in for it is about to be skipped.
    private void lacksFallback(TaskModel failed) {
        int index = failed.definition.fallback();
        check(index >= 0, "I15", "%s: %s makes its step run again", x, failed);
        TaskModel fallback = x.task(index);
        boolean skipped = x.verdict(fallback) instanceof Verdict.Skip || Boolean.FALSE.equals(fallback.condition);
        check(
                fallback.stand == Stand.PENDING && skipped,
                "I15",
                "%s: %s makes its step run again, though there is %s",
                x,
                failed,
                fallback);
    }

    void retried(LogEvent.StepRetried event) {
        StepModel step = x.steps.get(event.step());
        check(step.retrying && !x.stopped(), "I15", "%s: step %s runs again", x, step.definition.path());
        for (TaskModel task : x.tasks) {
            check(
                    !step.holds(task) || task.stand != Stand.RUNNING,
                    "I15",
                    "%s: step %s runs again while %s runs",
                    x,
                    step.definition.path(),
                    task);
        }
        step.retrying = false;
        step.retries++;
        check(
                step.retries <= step.definition.maxRetries(),
                "I7",
                "%s: step %s runs again for the %dth time",
                x,
                step.definition.path(),
                step.retries);
        for (StepModel inner : x.steps) {
            if (step.encloses(inner)) {
                inner.retrying = false;
                if (inner.definition.barrier() >= 0) {
                    x.tasks.get(inner.definition.barrier()).renew();
                }
                inner.retries = 0;
            }
        }
        for (TaskModel task : x.tasks) {
            if (task.owner != null && step.holds(task) && !task.stand.ended()) {
                task.stand = Stand.CANCELLED;
            }
        }
        x.starts.forget(index -> step.holds(x.task(index)));
        for (TaskModel task : x.tasks) {
            if (task.owner == null && !task.isPattern() && step.holds(task)) {
                task.renew();
            }
        }
    }
}
