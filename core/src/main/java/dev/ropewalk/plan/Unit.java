package dev.ropewalk.plan;

import org.jspecify.annotations.Nullable;

/// A task as its author wrote it, and the planned tasks that stand for it: edges lead to its entry and
/// come from its exit. They differ for a sub-plan, which is entered by its gate.
final class Unit {

    final Workflow.Task task;
    final Location at;
    final StepDraft step;
    final TaskDraft entry;
    final TaskDraft exit;

    /// The task whose failure this one makes up for.
    @Nullable
    Unit primary;

    /// Whether another task of its step comes before it.
    boolean follows;

    Unit(Workflow.Task task, Location at, TaskDraft entry, TaskDraft exit) {
        this.task = task;
        this.at = at;
        this.step = entry.step;
        this.entry = entry;
        this.exit = exit;
    }

    String id() {
        return task.id();
    }
}
