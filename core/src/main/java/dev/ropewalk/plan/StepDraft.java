package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A planned step in the making.
final class StepDraft {

    final int index;
    final String path;
    final Workflow.Step step;
    final Location at;
    final ScopeDraft scope;
    final StepMode mode;
    final OnError onError;
    final int maxRetries;

    /// The step that holds the sub-plan to which this one belongs.
    final @Nullable StepDraft parent;

    /// Its tasks as written.
    final List<Unit> units = new ArrayList<>();

    /// The indexes of all planned tasks in it.
    final List<Integer> tasks = new ArrayList<>();

    /// The `forEach` of the step, if it has one.
    @Nullable
    TaskDraft forEach;

    @Nullable
    TaskDraft barrier;

    /// Stands for its start, if anything waits for that.
    @Nullable
    TaskDraft startBarrier;

    /// Decides the conditions of its dependencies, if there are any: what waits for other steps is the
    /// gate, and all its tasks wait for the gate.
    @Nullable
    TaskDraft gate;

    StepDraft(int index, Workflow.Step step, Location at, ScopeDraft scope, int maxRetries) {
        this.index = index;
        this.path = scope.prefix + step.id();
        this.step = step;
        this.at = at;
        this.scope = scope;
        this.mode = step.mode().orElse(StepMode.HYBRID);
        this.maxRetries = maxRetries;
        this.parent = scope.owner == null ? null : scope.owner.step();
        this.onError = step.onError().orElse(parent == null ? OnError.STOP : inherited(parent));
    }

    /// Where a step goes on in spite of failures, so do the plans in it that do not say otherwise. A step
    /// that runs again needs no word from those in it.
    private static OnError inherited(StepDraft parent) {
        return parent.onError == OnError.CONTINUE ? OnError.CONTINUE : OnError.STOP;
    }

    String id() {
        return step.id();
    }

    /// Whether `inner` is this step or stands in a sub-plan of it.
    boolean encloses(StepDraft inner) {
        for (StepDraft at = inner; at != null; at = at.parent) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    PlannedStep build() {
        return new PlannedStep(
                index, path, mode, onError, maxRetries, tasks, barrier == null ? -1 : barrier.index, step.about());
    }
}
