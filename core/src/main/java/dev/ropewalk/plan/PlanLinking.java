package dev.ropewalk.plan;

import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The compiler's second pass: draws the edges of one workflow.
///
/// Fallbacks come first, because a task that stands in for another has no place of its own in the order
/// of a sequential or conditional step: it takes its primary's.
final class PlanLinking {

    private final PlanDraft draft;
    private final ScopeDraft scope;
    private final TemplateCheck templates;
    private final References references;
    private final Dependencies dependencies;

    PlanLinking(PlanDraft draft, ScopeDraft scope, ExpressionLanguage language) {
        this.draft = draft;
        this.scope = scope;
        this.templates = new TemplateCheck(scope, draft, language);
        this.references = new References(draft, scope);
        this.dependencies = new Dependencies(draft, scope, references);
    }

    void link() {
        for (StepDraft step : scope.steps) {
            for (Unit unit : step.units) {
                linkFallback(unit);
            }
        }
        for (StepDraft step : scope.steps) {
            linkMode(step);
            for (Unit unit : step.units) {
                linkTask(unit);
            }
            linkForEach(step);
            linkStep(step);
        }
        linkResult();
    }

    private void linkFallback(Unit unit) {
        Optional<FailurePolicy> policy =
                unit.task.action() instanceof RunPlan ? Optional.empty() : unit.task.onFailure();
        if (!(policy.orElse(null) instanceof FailurePolicy.Fallback(String id))) {
            return;
        }
        Location at = unit.at.key("onFailure");
        Unit fallback = scope.tasksById.get(id);
        if (fallback == null) {
            references.unknownTask(id, at);
        } else if (fallback == unit) {
            draft.problems.add(
                    Problem.INVALID_VALUE, at, Quoted.of(id) + " cannot stand in for itself", "name another task");
        } else if (fallback.step != unit.step) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    Quoted.of(id) + " is a task of the step " + Quoted.of(fallback.step.id())
                            + ", and a fallback is in the same step",
                    "move it to the step " + Quoted.of(unit.step.id()));
        } else if (unit.step.forEach != null) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at,
                    "a task in a step with forEach cannot have a fallback",
                    "give the task its own forEach and fallback: it then stands in for all items together");
        } else if (fallback.entry != fallback.exit) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at,
                    Quoted.of(id) + " runs a plan, and a fallback calls a tool",
                    "name a task that calls a tool");
        } else if (fallback.primary != null) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    Quoted.of(id) + " is already the fallback of " + Quoted.of(fallback.primary.id()),
                    "give each task a fallback of its own");
        } else {
            fallback.primary = unit;
            fallback.follows = true;
            unit.exit.fallback = fallback.exit;
            draft.edge(unit.exit, fallback.entry, EdgeKind.FALLBACK);
        }
    }

    private void linkMode(StepDraft step) {
        if (step.mode != StepMode.SEQUENTIAL && step.mode != StepMode.CONDITIONAL) {
            return;
        }
        List<Unit> inOrder =
                step.units.stream().filter(unit -> unit.primary == null).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            Unit before = inOrder.get(i - 1);
            Unit unit = inOrder.get(i);
            unit.follows = true;
            if (step.mode == StepMode.SEQUENTIAL) {
                draft.edge(before.exit, unit.entry, EdgeKind.SUCCESS);
            } else {
                // A sub-plan is passed over at its gate.
                draft.edge(before.entry, unit.entry, EdgeKind.CHOICE);
            }
        }
        if (step.mode == StepMode.CONDITIONAL) {
            checkReachable(inOrder);
        }
    }

    private void checkReachable(List<Unit> inOrder) {
        for (int i = 0; i < inOrder.size() - 1; i++) {
            Unit unit = inOrder.get(i);
            if (unit.task.when().isEmpty()) {
                List<String> after = inOrder.subList(i + 1, inOrder.size()).stream()
                        .map(Unit::id)
                        .toList();
                draft.problems.add(
                        Problem.UNREACHABLE,
                        unit.at,
                        () -> Quoted.of(unit.id()) + " has no when, so what follows it in this conditional step never"
                                + " runs: " + DidYouMean.list(after),
                        () -> "give it a when, or make it the last task of the step");
                return;
            }
        }
    }

    private void linkTask(Unit unit) {
        Workflow.Task task = unit.task;
        for (int i = 0; i < task.after().size(); i++) {
            references.after(unit, task.after().get(i), unit.at.key("after").index(i));
        }
        boolean inForEach = unit.step.forEach != null;
        SequencedMap<String, Location> referred = new LinkedHashMap<>();
        Location typed = unit.at.key("dependencies");
        for (int i = 0; i < task.dependencies().size(); i++) {
            Workflow.Dependency dependency = task.dependencies().get(i);
            Location at = typed.index(i);
            dependencies.link(unit, dependency, at);
            dependency.condition().ifPresent(condition -> {
                checkWhen(unit, condition, at.key("condition"), referred);
                unit.entry.conditions.add(condition);
            });
        }
        task.when().ifPresent(when -> checkWhen(unit, when, unit.at.key("when"), referred));
        task.forEach().ifPresent(list -> checkList(list, unit.at.key("forEach"), referred));
        switch (task.action()) {
            case CallTool(String _, Template with) -> {
                boolean item = inForEach || task.forEach().isPresent();
                templates.check(with, Expected.ANY, item, unit.at.key("with"), referred);
            }
            case RunPlan run -> {
                for (Template.Entry entry : run.with()) {
                    Location at = unit.at.key("with").key(entry.key());
                    templates.check(entry.value(), Expected.ANY, false, at, referred);
                }
            }
        }
        referred.forEach((id, at) -> references.use(unit, id, at));
    }

    private void checkWhen(Unit unit, Template.Expression when, Location at, SequencedMap<String, Location> referred) {
        boolean ownForEach = unit.task.forEach().isPresent();
        boolean visible = ownForEach || unit.step.forEach != null;
        boolean item = templates.expression(when.source(), Expected.BOOLEAN, visible, at, referred);
        if (item && ownForEach) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at,
                    "the when of a task with forEach is decided once, before there is an item",
                    "put the task into a step with forEach: there its when is decided for each item");
        }
    }

    private void checkList(Template list, Location at, SequencedMap<String, Location> referred) {
        boolean mayBeList = switch (list) {
            case Template.Literal(Payload value) -> JsonShape.of(value).equals(Optional.of(JsonShape.LIST));
            case Template.Sequence _, Template.Expression _, Template.ResultOf _ -> true;
            case Template.Text _, Template.Mapping _ -> false;
        };
        if (!mayBeList) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    "forEach takes a list",
                    "give it a list, or an expression that returns one");
        }
        templates.check(list, Expected.LIST, false, at, referred);
    }

    private void linkForEach(StepDraft step) {
        step.step.forEach().ifPresent(list -> {
            SequencedMap<String, Location> referred = new LinkedHashMap<>();
            checkList(list, step.at.key("forEach"), referred);
            referred.forEach((id, at) -> references.useForItems(step, id, at));
        });
    }

    /// Lets the tasks of the step that follow no other of it wait for the steps named in its `after`.
    private void linkStep(StepDraft step) {
        List<TaskDraft> firsts = new ArrayList<>();
        if (step.gate != null) {
            firsts.add(step.gate);
            linkGate(step, step.gate);
        } else if (step.forEach != null) {
            firsts.add(step.forEach);
        } else {
            step.units.stream().filter(unit -> !unit.follows).forEach(unit -> firsts.add(unit.entry));
        }
        List<String> after = step.step.after();
        for (int i = 0; i < after.size(); i++) {
            references.step(step, after.get(i), step.at.key("after").index(i)).ifPresent(before -> {
                TaskDraft barrier = draft.barrierOf(before);
                firsts.forEach(first -> draft.edge(barrier, first, EdgeKind.ORDER));
            });
        }
        dependencies.link(step, firsts);
        linkConditions(step);
    }

    /// The gate leads to every task, not only to the first ones: a task that is skipped without a failure
    /// satisfies its successors, and they must not run behind a gate that is shut.
    private void linkGate(StepDraft step, TaskDraft gate) {
        step.units.forEach(unit -> draft.edge(gate, unit.entry, EdgeKind.GATE));
    }

    /// The conditions of a step are those of its gate, or of its `forEach`.
    private void linkConditions(StepDraft step) {
        SequencedMap<String, Location> referred = new LinkedHashMap<>();
        for (int i = 0; i < step.step.dependencies().size(); i++) {
            Location at = step.at.key("dependencies").index(i).key("condition");
            step.step.dependencies().get(i).condition().ifPresent(condition -> {
                templates.expression(condition.source(), Expected.BOOLEAN, false, at, referred);
                TaskDraft decides = step.forEach == null ? step.gate : step.forEach;
                if (decides != null) {
                    decides.conditions.add(condition);
                }
            });
        }
        referred.forEach((id, at) -> references.useForCondition(step, id, at));
    }

    private void linkResult() {
        SequencedMap<String, Location> referred = new LinkedHashMap<>();
        Location at = scope.at.key("result");
        scope.workflow.result().ifPresent(result -> templates.check(result, Expected.ANY, false, at, referred));
        referred.forEach((id, place) -> references.useForResult(id, place));
    }
}
