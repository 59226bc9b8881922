package dev.ropewalk.plan;

import java.util.BitSet;

/// The compiler's third pass: draws the edges that need to know all others, those to and from the ends
/// of sub-plans and steps.
final class PlanEnds {

    private final PlanDraft draft;

    PlanEnds(PlanDraft draft) {
        this.draft = draft;
    }

    void link() {
        BitSet passedOn = passedOn();
        for (ScopeDraft scope : draft.scopes) {
            ScopeDraft.SubPlan owner = scope.owner;
            TaskDraft end = scope.end;
            if (owner != null && end != null) {
                linkGate(scope, owner.gate(), end);
                linkEnd(scope, end, passedOn);
            }
        }
        // The barrier of a step that may run again brings more barriers with it: those of the steps around.
        for (int i = 0; i < draft.barriers.size() && !draft.tooLarge(); i++) {
            linkBarrier(draft.barriers.get(i));
        }
    }

    /// The gate leads to every task, not only to those without predecessors: a task that is skipped
    /// without a failure satisfies its successors, and they must not run behind a gate that is shut.
    private void linkGate(ScopeDraft scope, TaskDraft gate, TaskDraft end) {
        for (StepDraft step : scope.steps) {
            if (step.forEach != null) {
                draft.edge(gate, step.forEach, EdgeKind.GATE);
            } else {
                step.units.forEach(unit -> draft.edge(gate, unit.entry, EdgeKind.GATE));
                if (step.gate != null) {
                    draft.edge(gate, step.gate, EdgeKind.GATE);
                }
            }
        }
        draft.edge(gate, end, EdgeKind.GATE);
    }

    /// The end needs every task whose failure no other task would pass on to it.
    private void linkEnd(ScopeDraft scope, TaskDraft end, BitSet passedOn) {
        for (StepDraft step : scope.steps) {
            if (step.forEach != null) {
                needs(end, step.forEach, passedOn);
            } else {
                step.units.forEach(unit -> needs(end, unit.exit, passedOn));
            }
        }
    }

    private void needs(TaskDraft end, TaskDraft task, BitSet passedOn) {
        if (!passedOn.get(task.index)) {
            draft.depend(task, end, EdgeKind.SUCCESS);
        }
    }

    /// The tasks with a successor that needs their success. Within a sub-plan such a successor is one
    /// of its tasks, or its end.
    private BitSet passedOn() {
        BitSet passedOn = new BitSet(draft.tasks.size());
        for (int edge = 0; edge < draft.edges.size(); edge++) {
            if (draft.edges.kindOf(edge) == EdgeKind.SUCCESS) {
                passedOn.set(draft.edges.origin(edge));
            }
        }
        return passedOn;
    }

    /// All tasks lead to the barrier, not only the last ones: a task that is skipped because of one
    /// failure ends before others on which it also depends have ended.
    private void linkBarrier(StepDraft step) {
        TaskDraft barrier = draft.barrierOf(step);
        for (int index : step.tasks) {
            TaskDraft task = draft.tasks.get(index);
            if (!task.isTemplate()) {
                draft.depend(task, barrier, EdgeKind.ORDER);
            }
        }
    }
}
