package dev.ropewalk.plan;

import dev.ropewalk.plan.PlannedTask.Kind;
import dev.ropewalk.plan.ScopeDraft.SubPlan;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Puts the tasks of a sub-plan into the plan that includes it.
///
/// The task `sub` becomes a gate `sub/$start`, which waits for whatever `sub` depends on and decides
/// its `when`; the tasks of the sub-plan, `sub/fetch` …; and the end `sub`, whose result is that of
/// the sub-plan. So what depends on `sub` need not know that it is a plan.
final class SubPlanInlining {

    private final PlanDraft draft;
    private final PlanLayout layout;

    SubPlanInlining(PlanDraft draft, PlanLayout layout) {
        this.draft = draft;
        this.layout = layout;
    }

    Unit inline(StepDraft step, Workflow.Task task, RunPlan run, Location at) {
        refuseWhatIsNotSupported(step, task, at);
        ScopeDraft outer = step.scope;
        String path = outer.prefix + task.id();
        TaskDraft gate = draft.addTask(Kind.CALL, path + "/$start", step, outer);
        gate.tool = PlannedTask.VALUE_TOOL;
        gate.when = task.when();
        gate.constraints = task.constraints();
        gate.priority = task.priority().orElse(PlanLayout.defaultPriority(outer));
        if (outer.depth() >= draft.limits.maxDepth()) {
            draft.problems.add(
                    Problem.LIMIT_EXCEEDED,
                    at.key("plan"),
                    () -> "sub-plans are nested deeper than " + draft.limits.maxDepth() + " levels at "
                            + Quoted.of(run.source()),
                    () -> "a plan that includes itself never ends; otherwise raise the limit");
            return new Unit(task, at, gate, gate);
        }
        Workflow workflow = run.workflow();
        VariableBinding variables = new VariableBinding(workflow.variables(), at.key("plan"), draft.problems);
        SubPlan owner = new SubPlan(outer, step, gate);
        ScopeDraft inner = new ScopeDraft(
                draft.scopes.size(),
                workflow,
                at.key("plan"),
                path + "/",
                variables.bind(given(run, at), at.key("with")),
                variables.types(),
                owner);
        inner.defaultOnLost = task.onLost().orElse(outer.defaultOnLost);
        refuseLimitsOfItsOwn(workflow, at.key("plan"));
        layout.lay(inner);
        // The end belongs to the outer step, but its result is evaluated where the sub-plan's names hold.
        TaskDraft end = draft.addTask(Kind.CALL, path, step, inner);
        end.tool = PlannedTask.VALUE_TOOL;
        end.arguments = workflow.result().orElse(Template.NULL);
        end.priority = gate.priority;
        end.about = task.about();
        inner.end = end;
        return new Unit(task, at, gate, end);
    }

    private SequencedMap<String, Template> given(RunPlan run, Location at) {
        SequencedMap<String, Template> given = new LinkedHashMap<>();
        for (Template.Entry entry : run.with()) {
            if (given.putIfAbsent(entry.key(), entry.value()) != null) {
                draft.problems.add(
                        Problem.DUPLICATE_ID,
                        at.key("with").key(entry.key()),
                        () -> "the variable " + Quoted.of(entry.key()) + " is given twice",
                        () -> "remove one of them");
            }
        }
        return given;
    }

    private void refuseWhatIsNotSupported(StepDraft step, Workflow.Task task, Location at) {
        String ask = "set it at the tasks of the sub-plan";
        refuse(
                task.retry().isPresent(),
                at.key("retry"),
                "retry",
                ask + ", or run the whole of it again with onError: retry at the step");
        refuse(task.timeout().isPresent(), at.key("timeout"), "timeout", ask);
        refuse(
                !task.constraints().exclusive().isEmpty(),
                at.key("constraints").key("exclusive"),
                "exclusive locks",
                ask);
        refuse(task.estimatedDuration().isPresent(), at.key("estimatedDuration"), "estimatedDuration", ask);
        refuse(
                task.onFailure().isPresent() && !(task.onFailure().get() instanceof FailurePolicy.Fail),
                at.key("onFailure"),
                "onFailure",
                ask + ", or go on without it by onError: continue at the step");
        refuse(
                task.forEach().isPresent(),
                at.key("forEach"),
                "forEach",
                "put forEach on a step or task of the sub-plan and give it the list as a variable");
        refuseNeeds(task.needs(), at, ask);
        if (step.forEach != null) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at.key("plan"),
                    "a sub-plan cannot stand in a step with forEach",
                    "put forEach on a step of the sub-plan and give it the list as a variable");
        }
    }

    private void refuseNeeds(Needs needs, Location at, String remedy) {
        refuse(!needs.resources().isEmpty(), at.key("resources"), "resources", remedy);
        refuse(!needs.groups().isEmpty(), at.key("group"), "a group", remedy);
        refuse(needs.estimatedTokens() != 0, at.key("estimatedTokens"), "estimatedTokens", remedy);
        refuse(needs.estimatedMicroCost() != 0, at.key("estimatedCost"), "estimatedCost", remedy);
        refuse(needs.agent().isPresent(), at.key("agent"), "an agent", remedy);
        refuse(needs.batch().isPresent(), at.key("batch"), "batch", remedy);
        refuse(needs.preemptible(), at.key("preemptible"), "preemptible", remedy);
        refuse(needs.milliValue() != 0, at.key("value"), "a value", remedy);
    }

    private void refuse(boolean present, Location at, String what, String remedy) {
        if (present) {
            draft.problems.add(Problem.UNSUPPORTED, at, "a task that runs a plan cannot have " + what, remedy);
        }
    }

    /// A plan that runs by itself may limit its execution; inside another there is only that one's.
    private void refuseLimitsOfItsOwn(Workflow workflow, Location at) {
        String remedy = "set it in the outermost plan";
        refuseOfItsOwn(workflow.timeout().isPresent(), at, "timeout", remedy);
        refuseOfItsOwn(workflow.maxParallel().isPresent(), at, "maxParallel", remedy);
        refuseOfItsOwn(!workflow.constraints().equals(Constraints.NONE), at, "constraints", remedy);
        refuseOfItsOwn(workflow.shared().budget().isPresent(), at, "budget", remedy);
        refuseOfItsOwn(workflow.ordering().strategy().isPresent(), at, "strategy", remedy);
        refuseOfItsOwn(!workflow.ordering().tenant().isEmpty(), at, "tenant", remedy);
        refuseOfItsOwn(workflow.ordering().milliValue() != 0, at, "value", remedy);
    }

    private void refuseOfItsOwn(boolean present, Location at, String key, String remedy) {
        if (present) {
            draft.problems.add(Problem.UNSUPPORTED, at.key(key), "a sub-plan has no " + key + " of its own", remedy);
        }
    }
}
