package dev.ropewalk.value;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Everything that the templates of one task, or the result of the plan, may refer to: copied from the
/// execution's state on the loop, immutable, read on the thread of an attempt. Holds no value itself,
/// only where each is found.
public final class TaskInputs {

    private final PlanReferences references;
    private final @Nullable PlannedTask task;
    private final int[] tasks;
    private final Recorded[] recorded;
    private final @Nullable ItemList items;
    private final int item;
    private final String execution;
    private final long startedAt;

    /// @param task the task's definition; null for the plan's result
    /// @param tasks the indexes of the tasks referred to, ascending
    /// @param recorded what is known of each
    /// @param items of the `forEach` to which the task belongs
    TaskInputs(
            PlanReferences references,
            @Nullable PlannedTask task,
            int[] tasks,
            Recorded[] recorded,
            @Nullable ItemList items,
            int item,
            String execution,
            long startedAt) {
        this.references = references;
        this.task = task;
        this.tasks = tasks;
        this.recorded = recorded;
        this.items = items;
        this.item = item;
        this.execution = execution;
        this.startedAt = startedAt;
    }

    public ExecutionPlan plan() {
        return references.plan();
    }

    /// The id of the execution.
    public String execution() {
        return execution;
    }

    /// What the plan says of the task.
    ///
    /// @throws IllegalStateException if these are the inputs of the plan's result
    public PlannedTask task() {
        if (task == null) {
            throw new IllegalStateException("the result of the plan belongs to no task");
        }
        return task;
    }

    /// The scope in which the task's templates are evaluated; the outermost for the plan's result.
    int scope() {
        return task == null ? 0 : task.scope();
    }

    /// When the execution started, in microseconds since 1970.
    long startedAt() {
        return startedAt;
    }

    @Nullable
    ItemList items() {
        return items;
    }

    int item() {
        return item;
    }

    PlanReferences references() {
        return references;
    }

    /// What is known of the task with this index; null if nothing was copied.
    @Nullable
    Recorded recorded(int index) {
        int at = Arrays.binarySearch(tasks, index);
        return at < 0 ? null : recorded[at];
    }
}
