package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.Template;

/// What must hold whenever a decision is complete, which it is at the end of each frame: everything
/// that follows by itself has been said. So nothing is forgotten, no skip and no start.
final class Settled {

    private final ExecutionModel x;

    Settled(ExecutionModel execution) {
        this.x = execution;
    }

    void verify() {
        check(x.toLose == 0, "I6", "%s: %d attempts of a dead process are not lost", x, x.toLose);
        if (x.status.ended()) {
            return;
        }
        if (x.stopping != null) {
            check(x.running() > 0, "I16", "%s runs nothing and does not end", x);
            return;
        }
        check(x.mustStop < 0, "I16", "%s is not stopped by task %d", x, x.mustStop);
        if (x.status != ExecutionStatus.RUNNING) {
            return;
        }
        x.tasks.forEach(this::verify);
        for (StepModel step : x.steps) {
            boolean runs = x.tasks.stream().anyMatch(task -> task.stand == Stand.RUNNING && step.holds(task));
            boolean covered = x.steps.stream().anyMatch(outer -> outer.retrying && outer.encloses(step));
            check(
                    !step.retrying || covered || runs,
                    "I16",
                    "%s: step %s does not run again",
                    x,
                    step.definition.path());
        }
        if (x.allEnded()) {
            boolean resultIsMissing = !x.plan.result().equals(Template.NULL) && !x.anyUnrecovered();
            check(resultIsMissing, "I16", "%s does not end", x);
        }
    }

    private void verify(TaskModel task) {
        if (task.isPattern() || task.isBarrier()) {
            return;
        }
        switch (task.stand) {
            case PENDING -> verifyPending(task);
            case FINISHING ->
                // One that waits for a time completes when its timer is handled, which may be a batch later:
                // after a restart, or when the log is behind. That none is lost is checked elsewhere.
                check(
                        x.endVerdict(task) instanceof Verdict.Wait || task.due > 0 || x.inRetryingStep(task),
                        "I16",
                        "%s: %s does not complete",
                        x,
                        task);
            case HELD -> check(x.inRetryingStep(task), "I16", "%s: nothing follows for %s", x, task);
            case EXPANDED ->
                check(
                        x.inRetryingStep(task) || task.items.stream().anyMatch(item -> !item.stand.ended()),
                        "I16",
                        "%s: %s does not end with its items",
                        x,
                        task);
            case DELAYED, QUEUED, BACKING_OFF, RUNNING, COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {}
        }
    }

    /// Whether its condition or its items are being evaluated.
    private static boolean isAsked(TaskModel task) {
        return (task.isForEach() || task.isConditional()) && task.condition == null;
    }

    private void verifyPending(TaskModel task) {
        if (x.inRetryingStep(task)) {
            return;
        }
        switch (x.verdict(task)) {
            case Verdict.Wait _ -> {}
            case Verdict.Skip skip -> {
                boolean asked = x.startVerdict(task) instanceof Verdict.Run && isAsked(task);
                check(asked, "I16", "%s: %s is not skipped: %s", x, task, skip);
            }
            case Verdict.Run _ -> check(isAsked(task), "I16", "%s: %s is not queued", x, task);
        }
    }
}
