package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of one execution, by its events alone.
final class ExecutionModel {

    final String id;
    final ExecutionPlan plan;
    final String planDigest;
    final WrittenOrder written;
    final Predecessors predecessors;
    final List<TaskModel> tasks = new ArrayList<>();
    final List<StepModel> steps;
    final Starts starts = new Starts();

    /// Whose deadlines were missed; -1 for the execution's own.
    final Set<Integer> missed = new HashSet<>();

    ExecutionStatus status = ExecutionStatus.PENDING;
    long lastSeq;
    long lastAt;
    long startedAt;
    long startedUp;
    long epoch;

    @Nullable
    StopReason stopping;

    /// A task whose failure stops the execution, until that is said; else -1.
    int mustStop = -1;

    /// Attempts that were lost with their process and have not been said to be.
    int toLose;

    @Nullable
    StoredValue result;

    /// Evaluating the result failed, as whoever evaluated it says.
    boolean resultFailed;

    ExecutionModel(String id, WrittenOrder written, ExecutionPlan plan, String planDigest) {
        this.id = id;
        this.written = written;
        this.plan = plan;
        this.planDigest = planDigest;
        this.predecessors = new Predecessors(plan);
        this.steps = StepModel.of(plan);
        for (PlannedTask task : plan.tasks()) {
            tasks.add(new TaskModel(task.index(), task, task.path(), null, 0));
        }
    }

    TaskModel task(int index) {
        Violation.check(index >= 0 && index < tasks.size(), "I15", "%s has no task %d", id, index);
        return tasks.get(index);
    }

    /// The task from which an edge comes, as seen by `target`: an item's tasks depend on those of the
    /// same item.
    TaskModel origin(int inPlan, TaskModel target) {
        TaskModel owner = target.owner;
        if (owner == null) {
            return tasks.get(inPlan);
        }
        for (TaskModel sibling : owner.items) {
            if (sibling.item == target.item && sibling.definition.index() == inPlan) {
                return sibling;
            }
        }
        throw new Violation("I1", "%s: an edge from outside leads to %s".formatted(id, target));
    }

    /// What follows for a task that has not been queued.
    Verdict verdict(TaskModel task) {
        return predecessors.of(this, task, true);
    }

    /// Whether it may start, if it has been queued.
    Verdict startVerdict(TaskModel task) {
        return predecessors.of(this, task, false);
    }

    /// What follows for a task that has its result.
    Verdict endVerdict(TaskModel task) {
        return predecessors.ofEnd(this, task);
    }

    SkipReason skipReason(TaskModel task) {
        SkipReason reason = task.skip;
        if (reason == null) {
            throw new Violation("I15", "%s: %s is skipped for no reason".formatted(id, task));
        }
        return reason;
    }

    /// The failed task for which this one would stand in.
    @Nullable
    TaskModel failedPrimaryOf(TaskModel fallback) {
        for (TaskModel task : tasks) {
            if (task.owner == null && task.definition.fallback() == fallback.index && task.stand.failed()) {
                return task;
            }
        }
        return null;
    }

    boolean stopped() {
        return stopping != null || status.ended();
    }

    boolean inRetryingStep(TaskModel task) {
        for (StepModel step : steps) {
            if (step.retrying && step.holds(task)) {
                return true;
            }
        }
        return false;
    }

    int running() {
        int running = 0;
        for (TaskModel task : tasks) {
            if (task.stand == Stand.RUNNING) {
                running++;
            }
        }
        return running;
    }

    /// Every task that runs and ends by events of its own.
    boolean allEnded() {
        for (TaskModel task : tasks) {
            boolean counts = task.isBarrier() ? task.stand == Stand.DELAYED : !task.stand.ended();
            if (!task.isPattern() && counts) {
                return false;
            }
        }
        return true;
    }

    /// Whether a task failed and nothing made up for it. An item's failure is its `forEach`'s.
    boolean anyUnrecovered() {
        for (TaskModel task : tasks) {
            if (task.owner == null
                    && task.stand.failed()
                    && Predecessors.standIn(this, task).stand.failed()) {
                return true;
            }
        }
        return false;
    }

    /// The tasks that people count, items included; those of an earlier round of their step are not.
    int counted(boolean completedOnly) {
        int counted = 0;
        for (TaskModel task : tasks) {
            boolean counts = task.owner == null ? task.definition.counted() : task.owner.items.contains(task);
            if (counts && (!completedOnly || task.stand == Stand.COMPLETED)) {
                counted++;
            }
        }
        return counted;
    }

    @Override
    public String toString() {
        return "execution " + id + " (" + status + (stopping == null ? "" : ", stopping: " + stopping) + ")";
    }
}
