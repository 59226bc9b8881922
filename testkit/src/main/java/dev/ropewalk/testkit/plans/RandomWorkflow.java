package dev.ropewalk.testkit.plans;

import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.Documentation;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.Ordering;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.Step;
import dev.ropewalk.plan.Workflow.Task;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import dev.ropewalk.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Workflows of all shapes, from a seed. Most of them are valid; what the compiler refuses is drawn
/// again by whoever needs one.
public final class RandomWorkflow {

    private static final int MAX_DEPTH = 2;

    private final SeededRandom random;
    private final Set<Feature> features;
    private final TimeDraft times;
    private int budget;
    private int names;

    private RandomWorkflow(SeededRandom random, Set<Feature> features, int maxTasks) {
        this.random = random;
        this.features = features;
        this.times = new TimeDraft(random, features);
        this.budget = maxTasks;
    }

    /// @param maxTasks as written, those of sub-plans included
    public static Workflow draw(SeededRandom random, Set<Feature> features, int maxTasks) {
        return new RandomWorkflow(random, features, maxTasks).workflow(0);
    }

    private boolean has(Feature feature, int percent) {
        return features.contains(feature) && random.percent(percent);
    }

    private Workflow workflow(int depth) {
        Scope scope = new Scope();
        List<Step> steps = new ArrayList<>();
        int count = 1 + random.below(depth == 0 ? 4 : 2);
        for (int i = 0; i < count && (budget > 0 || i == 0); i++) {
            steps.add(step(scope, depth));
        }
        boolean outermost = depth == 0;
        return new Workflow(
                "simulated",
                "",
                Documentation.NONE,
                List.of(new Variable("v", VariableType.ANY, Optional.of(Payload.json("7")), "")),
                Defaults.NONE,
                steps,
                has(Feature.RESULT, 70) ? Optional.of(result(scope)) : Optional.empty(),
                OptionalInt.empty(),
                outermost && has(Feature.EXECUTION_TIMEOUT, 50)
                        ? Optional.of(Duration.ofMillis(random.skewed(500, 120_000)))
                        : Optional.empty(),
                outermost && has(Feature.MAX_PARALLEL, 70) ? OptionalInt.of(1 + random.below(4)) : OptionalInt.empty(),
                SharingDraft.declared(features),
                Ordering.NONE,
                outermost ? times.constraints(true, true) : Constraints.NONE);
    }

    private Template result(Scope scope) {
        List<Template.Entry> entries = new ArrayList<>();
        for (String id : scope.results) {
            if (random.percent(40)) {
                entries.add(new Template.Entry(id, new TaskArguments(random, features, scope).reference(id)));
            }
        }
        return entries.isEmpty()
                ? new Template.Expression(has(Feature.FAILING_EXPRESSIONS, 10) ? "fail vars.v" : "vars.v")
                : new Template.Mapping(entries);
    }

    private Step step(Scope scope, int depth) {
        String id = "s" + names++;
        boolean forEach = has(Feature.EACH_STEP, 30);
        StepMode mode = mode();
        OnError onError = onError();
        Optional<Template> list =
                forEach ? Optional.of(new TaskArguments(random, features, scope).list()) : Optional.empty();
        List<String> after = new ArrayList<>();
        for (String earlier : scope.steps) {
            if (has(Feature.AFTER, 30)) {
                after.add(earlier);
            }
        }
        List<Dependency> dependencies = new ArrayList<>();
        for (String earlier : scope.steps) {
            if (times.anyDependency() && random.percent(20)) {
                dependencies.add(times.dependency(
                        earlier, times.type(), () -> new TaskArguments(random, features, scope).condition(false)));
            }
        }
        scope.inForEach = forEach;
        scope.stepTasks.clear();
        scope.mode = mode;
        List<Task> tasks = tasks(scope, depth);
        scope.steps.add(id);
        if (forEach) {
            scope.results.add(id);
        }
        return new Step(
                id,
                Documentation.NONE,
                Optional.of(mode),
                after,
                dependencies,
                Optional.of(onError),
                onError == OnError.RETRY ? OptionalInt.of(1 + random.below(2)) : OptionalInt.empty(),
                list,
                forEach ? OptionalInt.of(1 + random.below(6)) : OptionalInt.empty(),
                tasks);
    }

    private StepMode mode() {
        List<StepMode> modes = new ArrayList<>(List.of(StepMode.HYBRID));
        if (features.contains(Feature.SEQUENTIAL)) {
            modes.add(StepMode.SEQUENTIAL);
        }
        if (features.contains(Feature.PARALLEL)) {
            modes.add(StepMode.PARALLEL);
        }
        if (features.contains(Feature.CONDITIONAL)) {
            modes.add(StepMode.CONDITIONAL);
        }
        return random.pick(modes);
    }

    private OnError onError() {
        if (has(Feature.STEP_RETRY, 50)) {
            return OnError.RETRY;
        }
        return has(Feature.CONTINUE, 60) ? OnError.CONTINUE : OnError.STOP;
    }

    private List<Task> tasks(Scope scope, int depth) {
        List<Task> tasks = new ArrayList<>();
        int count = 1 + random.below(4);
        for (int i = 0; i < count && (budget > 0 || i == 0); i++) {
            budget--;
            String id = "t" + names++;
            TaskDraft draft = new TaskDraft(random, features, scope, id);
            draft.mustHaveCondition = scope.mode == StepMode.CONDITIONAL && i < count - 1;
            boolean subPlan = !scope.inForEach && depth < MAX_DEPTH && has(Feature.SUB_PLAN, 25);
            if (subPlan) {
                tasks.add(draft.runPlan(workflow(depth + 1)));
            } else {
                boolean fallback = !scope.inForEach && has(Feature.FALLBACK, 30);
                tasks.add(draft.callTool(fallback ? Optional.of("f" + id) : Optional.empty()));
                if (fallback) {
                    budget--;
                    tasks.add(new TaskDraft(random, features, scope, "f" + id).fallbackOf(id));
                }
            }
            scope.stepTasks.add(id);
            scope.results.add(id);
        }
        holdEarlier(tasks);
        return tasks;
    }

    /// Lets the completion of a task wait for a later one of its step.
    private void holdEarlier(List<Task> tasks) {
        if (tasks.size() < 2 || !has(Feature.DEPENDENCY_TYPES, 30)) {
            return;
        }
        int earlier = random.below(tasks.size() - 1);
        Task later = tasks.get(earlier + 1 + random.below(tasks.size() - earlier - 1));
        DependencyType type = random.pick(List.of(DependencyType.FINISH_TO_FINISH, DependencyType.START_TO_FINISH));
        Dependency held = new Dependency(later.id(), type, Duration.ZERO, Optional.empty());
        tasks.set(earlier, TaskDraft.heldBy(tasks.get(earlier), held));
    }

    /// What is known while a workflow is written.
    static final class Scope {
        final List<String> steps = new ArrayList<>();

        /// Earlier tasks and steps that have a result.
        final List<String> results = new ArrayList<>();

        /// The tasks of the step that is being written, so far.
        final List<String> stepTasks = new ArrayList<>();

        StepMode mode = StepMode.HYBRID;
        boolean inForEach;

        /// All that is earlier: tasks, and steps that are complete.
        List<String> known() {
            List<String> known = new ArrayList<>(results);
            steps.stream().filter(step -> !known.contains(step)).forEach(known::add);
            return known;
        }

        /// To what a task of the step that is being written may refer.
        List<String> visible() {
            List<String> visible = new ArrayList<>(results);
            if (mode == StepMode.PARALLEL) {
                visible.removeAll(stepTasks);
            }
            return visible;
        }
    }
}
