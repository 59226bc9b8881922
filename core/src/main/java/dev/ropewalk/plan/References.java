package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows what one part of a workflow says of another: finds the task or step with an id, and draws
/// the edge, or says why there can be none.
final class References {

    private final PlanDraft draft;
    private final ScopeDraft scope;

    References(PlanDraft draft, ScopeDraft scope) {
        this.draft = draft;
        this.scope = scope;
    }

    /// An entry of a task's `after`: a task, or a step as a whole.
    void after(Unit unit, String id, Location at) {
        StepDraft step = scope.stepsById.get(id);
        Unit before = scope.tasksById.get(id);
        if (before != null) {
            if (before == unit.primary) {
                afterPrimary(unit, before, at);
            } else {
                depend(unit, before, at);
            }
        } else if (step == unit.step) {
            draft.problems.add(
                    Problem.CYCLE,
                    at,
                    Quoted.of(unit.id()) + " is a task of the step " + Quoted.of(id)
                            + ", so it cannot wait for its end",
                    "remove it, or name tasks of the step");
        } else if (step != null) {
            draft.edge(draft.barrierOf(step), unit.entry, EdgeKind.ORDER);
        } else {
            unknownTask(id, at);
        }
    }

    /// Refuses that a fallback comes after the success of its task.
    void afterPrimary(Unit unit, Unit primary, Location at) {
        draft.problems.add(
                Problem.INVALID_VALUE,
                at,
                Quoted.of(unit.id()) + " is the fallback of " + Quoted.of(primary.id())
                        + ", so it cannot run after its success",
                "remove it: a fallback waits for its task by itself");
    }

    /// A task uses the result or status of another.
    void use(Unit unit, String id, Location at) {
        Unit before = scope.tasksById.get(id);
        StepDraft step = scope.stepsById.get(id);
        if (before == null && step == unit.step && step.forEach != null) {
            draft.problems.add(
                    Problem.CYCLE,
                    at,
                    Quoted.of(unit.id()) + " is a task of the step " + Quoted.of(id) + ", so it cannot use its result",
                    "use tasks of the step, or move the task to another one");
        } else if (before == null) {
            list(id, at).ifPresent(list -> draft.depend(list, unit.entry, EdgeKind.SUCCESS));
        } else if (before != unit.primary) {
            // A fallback may look at its primary, for which it waits already.
            depend(unit, before, at);
        }
    }

    /// A condition of a step uses the result of a task.
    void useForCondition(StepDraft step, String id, Location at) {
        if (step.forEach != null) {
            useForItems(step, id, at);
            return;
        }
        TaskDraft gate = step.gate;
        result(id, at).ifPresent(from -> {
            if (gate != null && step.encloses(from.step)) {
                draft.problems.add(
                        Problem.CYCLE,
                        at,
                        "a condition of the step " + Quoted.of(step.id()) + " cannot come from the step itself",
                        "compute it in an earlier step");
            } else if (gate != null) {
                draft.depend(from, gate, EdgeKind.SUCCESS);
            }
        });
    }

    /// The `forEach` of a step uses the result of a task.
    void useForItems(StepDraft step, String id, Location at) {
        TaskDraft forEach = step.forEach;
        result(id, at).ifPresent(from -> {
            if (forEach != null && from.towards(forEach) == forEach) {
                draft.problems.add(
                        Problem.CYCLE,
                        at,
                        "the list of the step " + Quoted.of(step.id()) + " cannot come from the step itself",
                        "compute the list in an earlier step");
            } else if (forEach != null) {
                draft.depend(from, forEach, EdgeKind.SUCCESS);
            }
        });
    }

    /// The workflow's result uses that of a task.
    void useForResult(String id, Location at) {
        TaskDraft end = scope.end;
        result(id, at).ifPresent(from -> {
            if (end != null) {
                draft.depend(from, end, EdgeKind.SUCCESS);
            }
        });
    }

    /// An entry of a step's `after`.
    Optional<StepDraft> step(StepDraft step, String id, Location at) {
        StepDraft before = scope.stepsById.get(id);
        if (before == null) {
            boolean task = scope.tasksById.containsKey(id);
            draft.problems.add(
                    Problem.UNKNOWN_STEP,
                    at,
                    () -> task
                            ? Quoted.of(id) + " is a task, and a step comes after other steps"
                            : Quoted.of(id) + " is not a step of this plan",
                    () -> task
                            ? "name the task's step, or put the after at tasks of this step"
                            : DidYouMean.remedy(
                                    id,
                                    scope.stepsById.keySet(),
                                    "the steps are " + DidYouMean.list(scope.stepsById.keySet())));
        } else if (before == step) {
            draft.problems.add(
                    Problem.CYCLE,
                    at,
                    Quoted.of(id) + " -> " + Quoted.of(id) + ": a step cannot come after itself",
                    "remove it");
            return Optional.empty();
        }
        return Optional.ofNullable(before);
    }

    void unknownTask(String id, Location at) {
        draft.problems.add(
                Problem.UNKNOWN_TASK,
                at,
                () -> Quoted.of(id) + " is not a task of this plan",
                () -> knownOutside(id)
                        ? "a sub-plan sees its own tasks alone; give it the value as a variable, in with"
                        : DidYouMean.remedy(
                                id, knownIds(), "the tasks are " + DidYouMean.list(scope.tasksById.keySet())));
    }

    private void depend(Unit unit, Unit before, Location at) {
        if (mayDepend(unit, before, true, at)) {
            draft.depend(before.exit, unit.entry, EdgeKind.SUCCESS);
        }
    }

    /// Whether `unit` may depend on `before`, which is said if not.
    ///
    /// @param start whether its start does, and not its completion
    boolean mayDepend(Unit unit, Unit before, boolean start, Location at) {
        if (before == unit) {
            draft.problems.add(
                    Problem.CYCLE,
                    at,
                    Quoted.of(unit.id()) + " -> " + Quoted.of(unit.id()) + ": a task cannot depend on itself",
                    "remove it");
            return false;
        }
        if (start && before.step == unit.step) {
            if (unit.step.mode == StepMode.PARALLEL) {
                draft.problems.add(
                        Problem.PARALLEL_DEPENDENCY,
                        at,
                        Quoted.of(unit.id()) + " depends on " + Quoted.of(before.id()) + ", but the step "
                                + Quoted.of(unit.step.id()) + " runs all its tasks at once",
                        "set mode: hybrid, or move one of them to another step");
                return false;
            }
            unit.follows = true;
        }
        return true;
    }

    private Optional<TaskDraft> result(String id, Location at) {
        Unit unit = scope.tasksById.get(id);
        return unit == null ? list(id, at) : Optional.of(unit.exit);
    }

    private Optional<TaskDraft> list(String id, Location at) {
        StepDraft step = scope.stepsById.get(id);
        if (step == null) {
            unknownTask(id, at);
            return Optional.empty();
        }
        return Optional.ofNullable(forEachOf(step, at));
    }

    private @Nullable TaskDraft forEachOf(StepDraft step, Location at) {
        if (step.forEach == null) {
            draft.problems.add(
                    Problem.UNKNOWN_TASK,
                    at,
                    Quoted.of(step.id()) + " is a step, and only a step with forEach has a result",
                    "name one of its tasks");
        }
        return step.forEach;
    }

    private List<String> knownIds() {
        List<String> ids = new ArrayList<>(scope.tasksById.keySet());
        ids.addAll(scope.stepsById.keySet());
        return ids;
    }

    private boolean knownOutside(String id) {
        for (ScopeDraft.SubPlan sub = scope.owner; sub != null; sub = sub.scope().owner) {
            if (sub.scope().ids.containsKey(id)) {
                return true;
            }
        }
        return false;
    }
}
