package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Dependency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Draws the edges of the typed dependencies of one workflow's tasks and steps.
///
/// What starts is the entry of a task, what completes its exit; of a step these are the barriers of its
/// start and its end.
final class Dependencies {

    private final PlanDraft draft;
    private final ScopeDraft scope;
    private final References references;
    private final Amounts amounts;

    Dependencies(PlanDraft draft, ScopeDraft scope, References references) {
        this.draft = draft;
        this.scope = scope;
        this.references = references;
        this.amounts = new Amounts(draft.problems);
    }

    void link(Unit unit, Dependency dependency, Location at) {
        long lag = amounts.lag(dependency.lag(), at.key("lag"));
        Unit before = scope.tasksById.get(dependency.on());
        StepDraft step = scope.stepsById.get(dependency.on());
        if (before == null && step == null) {
            references.unknownTask(dependency.on(), at);
        } else if (!dependency.type().holdsStart() && isHeldFromOutside(unit, before)) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at,
                    "a task in a step with forEach cannot wait with its completion for what is outside of the step",
                    "give the task its own forEach, or let the step depend on the other step");
        } else if (before != null) {
            link(unit, before, dependency.type(), lag, at);
        } else if (step == null || step == unit.step) {
            draft.problems.add(
                    Problem.CYCLE,
                    at,
                    Quoted.of(unit.id()) + " is a task of the step " + Quoted.of(dependency.on())
                            + ", so it cannot wait for it",
                    "remove it, or name tasks of the step");
        } else {
            StepDraft awaited = Objects.requireNonNull(step, "neither a task nor a step");
            switch (dependency.type()) {
                case FINISH_TO_START -> draft.edge(draft.barrierOf(awaited), unit.entry, EdgeKind.ORDER, lag);
                case START_TO_START -> draft.edge(draft.startBarrierOf(awaited), unit.entry, EdgeKind.ORDER, lag);
                case FINISH_TO_FINISH ->
                    draft.edge(draft.barrierOf(awaited), unit.exit, EdgeKind.FINISH_TO_FINISH, lag);
                case START_TO_FINISH ->
                    draft.edge(draft.startBarrierOf(awaited), unit.exit, EdgeKind.FINISH_TO_FINISH, lag);
            }
        }
    }

    private static boolean isHeldFromOutside(Unit unit, @Nullable Unit before) {
        return unit.step.forEach != null && (before == null || before.step != unit.step);
    }

    private void link(Unit unit, Unit before, DependencyType type, long lag, Location at) {
        if (type == DependencyType.FINISH_TO_START && before == unit.primary) {
            references.afterPrimary(unit, before, at);
        } else if (references.mayDepend(unit, before, type.holdsStart(), at)) {
            switch (type) {
                case FINISH_TO_START -> draft.depend(before.exit, unit.entry, EdgeKind.SUCCESS, lag);
                case START_TO_START -> draft.edge(before.entry, unit.entry, EdgeKind.START_TO_START, lag);
                case FINISH_TO_FINISH -> draft.depend(before.exit, unit.exit, EdgeKind.FINISH_TO_FINISH, lag);
                case START_TO_FINISH -> draft.edge(before.entry, unit.exit, EdgeKind.START_TO_FINISH, lag);
            }
        }
    }

    /// A first task may be skipped before the lag has passed, and must not let the next start. So every task
    /// waits for it.
    private static List<TaskDraft> all(StepDraft step) {
        return step.units.stream().map(unit -> unit.entry).toList();
    }

    /// @param firsts what starts first in the step
    void link(StepDraft step, List<TaskDraft> firsts) {
        List<Dependency> dependencies = step.step.dependencies();
        for (int i = 0; i < dependencies.size(); i++) {
            Dependency dependency = dependencies.get(i);
            Location at = step.at.key("dependencies").index(i);
            long lag = amounts.lag(dependency.lag(), at.key("lag"));
            Optional<StepDraft> before = references.step(step, dependency.on(), at);
            if (before.isEmpty()) {
                continue;
            }
            boolean finish = dependency.type() == DependencyType.FINISH_TO_START
                    || dependency.type() == DependencyType.FINISH_TO_FINISH;
            TaskDraft origin = finish ? draft.barrierOf(before.get()) : draft.startBarrierOf(before.get());
            if (dependency.type().holdsStart()) {
                List<TaskDraft> held = lag == 0 || step.gate != null || step.forEach != null ? firsts : all(step);
                held.forEach(each -> draft.edge(origin, each, EdgeKind.ORDER, lag));
            } else {
                draft.edge(origin, draft.barrierOf(step), EdgeKind.ORDER, lag);
            }
        }
    }
}
