package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A planned task in the making. What is not set stays as it is for a task that says nothing.
final class TaskDraft {

    final int index;
    final PlannedTask.Kind kind;
    final String path;
    final StepDraft step;
    final ScopeDraft scope;

    /// The `forEach` of which this is an item pattern.
    @Nullable
    TaskDraft group;

    String tool = "";
    Template arguments = Template.NULL;
    Optional<Template.Expression> when = Optional.empty();
    final List<Template.Expression> conditions = new ArrayList<>(0);
    Optional<Template> items = Optional.empty();
    int maxItems;
    RetryPolicy retry = RetryPolicy.NONE;
    long timeoutMicros;
    PlannedTask.OnFailure onFailure = PlannedTask.OnFailure.FAIL;

    @Nullable
    TaskDraft fallback;

    Priority priority = Priority.NORMAL;
    long estimatedMicros;
    OnLost onLost = OnLost.RERUN;
    Needs needs = Needs.NONE;
    Constraints constraints = Constraints.NONE;
    Documentation about = Documentation.NONE;

    TaskDraft(int index, PlannedTask.Kind kind, String path, StepDraft step, ScopeDraft scope) {
        this.index = index;
        this.kind = kind;
        this.path = path;
        this.step = step;
        this.scope = scope;
    }

    boolean isBarrier() {
        return kind == PlannedTask.Kind.BARRIER || kind == PlannedTask.Kind.START_BARRIER;
    }

    boolean isTemplate() {
        return group != null;
    }

    /// The end that an edge to or from `other` has on this side: outside its group, a pattern is
    /// represented by its `forEach`.
    TaskDraft towards(TaskDraft other) {
        return group == null || group == other.group ? this : group;
    }

    PlannedTask build() {
        return new PlannedTask(
                index,
                path,
                step.index,
                scope.index,
                kind,
                isTemplate(),
                group == null ? -1 : group.index,
                tool,
                arguments,
                when,
                conditions,
                items,
                maxItems,
                retry,
                timeoutMicros,
                onFailure,
                fallback == null ? -1 : fallback.index,
                priority,
                estimatedMicros,
                onLost,
                needs,
                constraints,
                about);
    }
}
