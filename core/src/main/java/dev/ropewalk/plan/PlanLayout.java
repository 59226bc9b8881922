package dev.ropewalk.plan;

import dev.ropewalk.plan.PlannedTask.Kind;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.util.List;
import java.util.Optional;

/// The compiler's first pass: gives every task its place in the plan and everything it inherits. Which
/// tasks depend on each other is left to [PlanLinking], when all of them have a place.
///
/// - A task that calls a tool becomes one planned task.
/// - A task with `forEach` becomes two: the `forEach` itself, and the pattern of its items.
/// - In a step with `forEach` the step becomes the `forEach`, and its tasks are the patterns.
/// - A sub-plan becomes a gate in front of it, its own tasks, and its end ([SubPlanInlining]).
final class PlanLayout {

    /// Whoever asks a step to be retried and says no number means one more try.
    private static final int DEFAULT_STEP_RETRIES = 1;

    private final PlanDraft draft;
    private final ToolNames tools;
    private final SharedLayout shared;
    private final Amounts amounts;
    private final ConstraintsCheck constraints;
    private final SubPlanInlining subPlans;

    PlanLayout(PlanDraft draft, ToolNames tools, SharedLayout shared) {
        this.draft = draft;
        this.tools = tools;
        this.shared = shared;
        this.amounts = new Amounts(draft.problems);
        this.constraints = new ConstraintsCheck(draft.problems);
        this.subPlans = new SubPlanInlining(draft, this);
    }

    void lay(ScopeDraft scope) {
        Workflow workflow = scope.workflow;
        draft.scopes.add(scope);
        shared.declare(scope);
        takeDefaults(scope, workflow.defaults(), scope.at.key("defaults"));
        scope.defaultStepRetries = amounts.within(
                workflow.maxRetries(), 0, RetryPolicy.MAX_RETRIES, scope.at.key("maxRetries"), DEFAULT_STEP_RETRIES);
        if (workflow.steps().isEmpty()) {
            draft.problems.add(
                    Problem.EMPTY_PLAN, scope.at.key("steps"), "there is nothing to do", "add a step with a task");
        }
        Location steps = scope.at.key("steps");
        for (int i = 0; i < workflow.steps().size() && !draft.tooLarge(); i++) {
            layStep(scope, workflow.steps().get(i), steps.index(i));
        }
    }

    private void takeDefaults(ScopeDraft scope, Defaults defaults, Location at) {
        defaults.retry().ifPresent(retry -> amounts.retry(retry, at.key("retry")));
        scope.defaultTimeoutMicros = amounts.micros(defaults.timeout(), at.key("timeout"), "no timeout");
        if (defaults.onFailure().orElse(null) instanceof FailurePolicy.Fallback(String task)) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at.key("onFailure"),
                    Quoted.of(task) + " cannot be the fallback of every task",
                    "name a fallback at the task for which it stands in");
        }
    }

    private void layStep(ScopeDraft scope, Workflow.Step declared, Location at) {
        StepDraft step = new StepDraft(draft.steps.size(), declared, at, scope, maxRetries(scope, declared, at));
        draft.addStep(step);
        if (register(scope, declared.id(), "step", at.key("id"))) {
            scope.stepsById.put(declared.id(), step);
        }
        if (declared.forEach().isPresent()) {
            TaskDraft owner = draft.addTask(Kind.FOR_EACH, step.path, step, scope);
            owner.items = declared.forEach();
            owner.maxItems = maxItems(
                    declared.maxItems().isPresent(), declared.maxItems().orElse(0), at);
            owner.priority = defaultPriority(scope);
            owner.about = declared.about();
            step.forEach = owner;
        } else {
            refuseMaxItems(declared.maxItems().isPresent(), at);
        }
        layGate(step, declared);
        if (declared.tasks().isEmpty()) {
            draft.problems.add(
                    Problem.EMPTY_STEP,
                    at.key("tasks"),
                    () -> "the step " + Quoted.of(declared.id()) + " has no tasks",
                    () -> "add one, or remove the step");
        }
        Location tasks = at.key("tasks");
        for (int i = 0; i < declared.tasks().size() && !draft.tooLarge(); i++) {
            layTask(step, declared.tasks().get(i), tasks.index(i));
        }
    }

    /// What decides the conditions of a step's dependencies: its `forEach`, or a task of its own.
    private void layGate(StepDraft step, Workflow.Step declared) {
        boolean conditional = declared.dependencies().stream()
                .anyMatch(each -> each.condition().isPresent());
        if (conditional && step.forEach == null) {
            TaskDraft gate = draft.addTask(Kind.CALL, step.path + "/$start", step, step.scope);
            gate.tool = PlannedTask.VALUE_TOOL;
            gate.priority = defaultPriority(step.scope);
            step.gate = gate;
        }
    }

    private int maxRetries(ScopeDraft scope, Workflow.Step step, Location at) {
        int own = amounts.maxRetries(step.maxRetries(), at.key("maxRetries"));
        if (step.onError().orElse(OnError.STOP) != OnError.RETRY) {
            if (step.maxRetries().isPresent()) {
                draft.problems.add(
                        Problem.INVALID_VALUE,
                        at.key("maxRetries"),
                        "the step does not run again, so maxRetries has no meaning",
                        "set onError: retry, or remove maxRetries");
            }
            return 0;
        }
        return step.maxRetries().isPresent() ? own : scope.defaultStepRetries;
    }

    private void layTask(StepDraft step, Workflow.Task task, Location at) {
        boolean registered = register(step.scope, task.id(), "task", at.key("id"));
        task.retry().ifPresent(retry -> amounts.retry(retry, at.key("retry")));
        checkConstraints(step, task, at.key("constraints"));
        if (task.forEach().isEmpty()) {
            refuseMaxItems(task.maxItems().isPresent(), at);
        }
        Unit unit = switch (task.action()) {
            case CallTool call -> layCall(step, task, call, at);
            case RunPlan run -> subPlans.inline(step, task, run, at);
        };
        step.units.add(unit);
        if (registered) {
            step.scope.tasksById.put(task.id(), unit);
        }
    }

    private void checkConstraints(StepDraft step, Workflow.Task task, Location at) {
        constraints.check(task.constraints(), at);
        if (step.forEach != null) {
            constraints.refuseDeadline(
                    task.constraints(),
                    at,
                    "a task in a step with forEach",
                    "give the task its own forEach and deadline, or the plan a deadline");
        } else if (task.action() instanceof RunPlan) {
            constraints.refuseDeadline(
                    task.constraints(),
                    at,
                    "a task that runs a plan",
                    "set it at the tasks of the sub-plan, or for the outermost plan");
        } else if (task.forEach().isPresent() && task.constraints().onDeadlineMissed() == OnDeadlineMissed.FAIL) {
            draft.problems.add(
                    Problem.UNSUPPORTED,
                    at.key("onDeadlineMissed"),
                    "a task with forEach cannot fail when its deadline passes",
                    "use warn or escalate, and give the items a timeout");
        }
    }

    private Unit layCall(StepDraft step, Workflow.Task task, CallTool call, Location at) {
        checkTool(call, at);
        ScopeDraft scope = step.scope;
        String path = scope.prefix + task.id();
        TaskDraft unit;
        TaskDraft attempted;
        if (step.forEach != null) {
            if (task.forEach().isPresent()) {
                draft.problems.add(
                        Problem.UNSUPPORTED,
                        at.key("forEach"),
                        "a task with forEach cannot stand in a step with forEach",
                        "move the task to a step of its own, or make one list of both");
            }
            unit = draft.addTask(Kind.CALL, step.path + "[*]/" + task.id(), step, scope);
            unit.group = step.forEach;
            attempted = unit;
        } else if (task.forEach().isPresent()) {
            unit = draft.addTask(Kind.FOR_EACH, path, step, scope);
            unit.items = task.forEach();
            unit.maxItems =
                    maxItems(task.maxItems().isPresent(), task.maxItems().orElse(0), at);
            attempted = draft.addTask(Kind.CALL, path + "[*]", step, scope);
            attempted.group = unit;
        } else {
            unit = draft.addTask(Kind.CALL, path, step, scope);
            attempted = unit;
        }
        describe(unit, task);
        attempt(attempted, task, call, at);
        constrain(unit, attempted, task.constraints());
        return new Unit(task, at, unit, unit);
    }

    /// What belongs to a task as a whole: to the `forEach`, not to each of its items.
    private void describe(TaskDraft draft, Workflow.Task task) {
        Defaults defaults = draft.scope.workflow.defaults();
        draft.when = task.when();
        draft.priority = task.priority().orElse(defaultPriority(draft.scope));
        draft.about = task.about();
        draft.onFailure = switch (task.onFailure().or(defaults::onFailure).orElse(new FailurePolicy.Fail())) {
            case FailurePolicy.Fail _ -> PlannedTask.OnFailure.FAIL;
            case FailurePolicy.Skip _ -> PlannedTask.OnFailure.SKIP;
            case FailurePolicy.Fallback _ -> PlannedTask.OnFailure.FALLBACK;
        };
    }

    /// What belongs to each attempt.
    private void attempt(TaskDraft draft, Workflow.Task task, CallTool call, Location at) {
        Defaults defaults = draft.scope.workflow.defaults();
        draft.tool = call.tool();
        draft.arguments = call.with();
        draft.retry = task.retry().or(defaults::retry).orElse(RetryPolicy.NONE);
        long ownTimeout = amounts.micros(task.timeout(), at.key("timeout"), "no timeout");
        draft.timeoutMicros = task.timeout().isPresent() ? ownTimeout : draft.scope.defaultTimeoutMicros;
        draft.estimatedMicros = amounts.micros(task.estimatedDuration(), at.key("estimatedDuration"), "no estimate");
        draft.onLost = task.onLost().orElse(draft.scope.defaultOnLost);
        draft.priority = task.priority().orElse(defaultPriority(draft.scope));
        draft.needs = shared.needs(task, defaults.groups(), at);
        draft.needs.agent().ifPresent(agent -> checkAgent(agent, call.tool(), at));
    }

    private void checkAgent(AgentRequirement agent, String tool, Location at) {
        tools.agents()
                .missing(agent, tool)
                .ifPresent(missing -> draft.problems.add(
                        Problem.AGENT_UNKNOWN,
                        at.key("agent"),
                        missing,
                        "register an agent that can, or ask for less"));
    }

    /// A `forEach` has the deadline and may expand when the task may run; its items start in the windows as
    /// well, and hold the locks.
    private static void constrain(TaskDraft unit, TaskDraft attempted, Constraints declared) {
        unit.constraints = declared;
        if (unit != attempted && !declared.equals(Constraints.NONE)) {
            unit.constraints = new Constraints(
                    declared.deadline(),
                    declared.onDeadlineMissed(),
                    declared.notBefore(),
                    declared.windows(),
                    List.of());
            attempted.constraints = new Constraints(
                    Optional.empty(),
                    OnDeadlineMissed.WARN,
                    Optional.empty(),
                    declared.windows(),
                    declared.exclusive());
        }
    }

    /// A sub-plan that states none takes that of its task.
    static Priority defaultPriority(ScopeDraft scope) {
        Priority inherited = scope.owner == null ? Priority.NORMAL : scope.owner.gate().priority;
        return scope.workflow.defaults().priority().orElse(inherited);
    }

    private void checkTool(CallTool call, Location at) {
        String name = call.tool();
        if (name.isBlank() || name.length() > 256 || name.chars().anyMatch(Character::isISOControl)) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at.key("tool"),
                    () -> Quoted.of(name) + " cannot be the name of a tool",
                    () -> "name the tool that the task calls, such as shell or mcp:files/read_text_file");
        } else if (!name.equals(PlannedTask.VALUE_TOOL) && !tools.exists().test(name)) {
            draft.problems.add(
                    Problem.TOOL_UNKNOWN,
                    at.key("tool"),
                    () -> "there is no tool " + Quoted.of(name),
                    () -> DidYouMean.remedy(
                            name,
                            tools.known(),
                            tools.known().isEmpty()
                                    ? "register it first"
                                    : "the tools are " + DidYouMean.list(tools.known())));
        }
        if (!mayBeMap(call.with())) {
            draft.problems.add(
                    Problem.INVALID_VALUE, at.key("with"), "the arguments of a tool are a map", "give each a name");
        }
    }

    private static boolean mayBeMap(Template with) {
        return switch (with) {
            case Template.Literal(Payload value) -> JsonShape.of(value).equals(Optional.of(JsonShape.MAP));
            case Template.Mapping _, Template.Expression _, Template.ResultOf _ -> true;
            case Template.Text _, Template.Sequence _ -> false;
        };
    }

    private int maxItems(boolean present, int declared, Location at) {
        int limit = draft.limits.maxItems();
        if (present && (declared < 1 || declared > limit)) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at.key("maxItems"),
                    Quoted.count(declared) + " is not from 1 to " + Quoted.count(limit),
                    "leave it out for " + Quoted.count(limit));
        }
        return present ? declared : limit;
    }

    private void refuseMaxItems(boolean present, Location at) {
        if (present) {
            draft.problems.add(
                    Problem.INVALID_VALUE,
                    at.key("maxItems"),
                    "there is no forEach, so maxItems has no meaning",
                    "remove it, or add forEach");
        }
    }

    /// Takes `id` as the name of a step or task; whether it was free.
    private boolean register(ScopeDraft scope, String id, String what, Location at) {
        Identifier.check(id, what + " id", at, draft.problems);
        Location other = scope.ids.putIfAbsent(id, at);
        if (other != null) {
            draft.problems.add(
                    Problem.DUPLICATE_ID,
                    at,
                    () -> Quoted.of(id) + " is taken by " + other,
                    () -> "rename one of them: steps and tasks of a plan share their ids");
        }
        return other == null;
    }
}
