package dev.ropewalk.testkit.plans;

import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.Documentation;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.Action;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import dev.ropewalk.plan.Workflow.Task;
import dev.ropewalk.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One random task.
final class TaskDraft {

    private final SeededRandom random;
    private final Set<Feature> features;
    private final RandomWorkflow.Scope scope;
    private final TaskArguments values;
    private final TimeDraft times;
    private final SharingDraft sharing;
    private final String id;
    boolean mustHaveCondition;

    TaskDraft(SeededRandom random, Set<Feature> features, RandomWorkflow.Scope scope, String id) {
        this.random = random;
        this.features = features;
        this.scope = scope;
        this.values = new TaskArguments(random, features, scope);
        this.times = new TimeDraft(random, features);
        this.sharing = new SharingDraft(random, features);
        this.id = id;
    }

    private boolean has(Feature feature, int percent) {
        return features.contains(feature) && random.percent(percent);
    }

    Task callTool(Optional<String> fallback) {
        Optional<Template> forEach =
                !scope.inForEach && has(Feature.EACH_TASK, 25) ? Optional.of(values.list()) : Optional.empty();
        boolean item = scope.inForEach || forEach.isPresent();
        Optional<FailurePolicy> onFailure = fallback.isPresent()
                ? Optional.of(new FailurePolicy.Fallback(fallback.get()))
                : has(Feature.SKIP, 25) ? Optional.of(new FailurePolicy.Skip()) : Optional.empty();
        return task(
                new CallTool("work", values.arguments(item)),
                after(),
                dependencies(),
                condition(scope.inForEach),
                forEach,
                onFailure,
                times.constraints(!scope.inForEach, forEach.isEmpty()));
    }

    /// Waits for its primary by itself. Who else may have a say is earlier, so that there is no circle.
    Task fallbackOf(String primary) {
        Template with = new Template.Mapping(
                List.of(new Template.Entry("instead", new Template.Literal(Payload.json("\"" + primary + "\"")))));
        return task(
                new CallTool("work", with),
                List.of(),
                List.of(),
                condition(false),
                Optional.empty(),
                Optional.empty(),
                times.constraints(true, true));
    }

    Task runPlan(Workflow workflow) {
        List<Template.Entry> with = random.percent(50)
                ? List.of(new Template.Entry(
                        "v", new Template.Expression(values.condition(false).source())))
                : List.of();
        return new Task(
                id,
                Documentation.NONE,
                new RunPlan("sub.yaml", workflow, with),
                after(),
                dependencies(),
                condition(false),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Needs.NONE,
                times.constraints(false, false));
    }

    private Task task(
            Action action,
            List<String> after,
            List<Dependency> dependencies,
            Optional<Template.Expression> when,
            Optional<Template> forEach,
            Optional<FailurePolicy> onFailure,
            Constraints constraints) {
        return new Task(
                id,
                Documentation.NONE,
                action,
                after,
                dependencies,
                when,
                forEach,
                forEach.isPresent() ? OptionalInt.of(1 + random.below(6)) : OptionalInt.empty(),
                has(Feature.RETRY, 60) ? Optional.of(retry()) : Optional.empty(),
                has(Feature.TIMEOUT, 50) ? Optional.of(millis(50, 20_000)) : Optional.empty(),
                onFailure,
                Optional.empty(),
                Optional.empty(),
                has(Feature.UNKNOWN_WHEN_LOST, 40) ? Optional.of(OnLost.UNKNOWN) : Optional.empty(),
                sharing.needs(),
                sharing.alone(constraints));
    }

    private Optional<Template.Expression> condition(boolean item) {
        return mustHaveCondition || has(Feature.WHEN, 30) ? Optional.of(values.condition(item)) : Optional.empty();
    }

    private List<String> after() {
        List<String> after = new ArrayList<>();
        if (features.contains(Feature.AFTER)) {
            for (String earlier : scope.visible()) {
                if (random.percent(25)) {
                    after.add(earlier);
                }
            }
        }
        return after;
    }

    private List<Dependency> dependencies() {
        List<Dependency> dependencies = new ArrayList<>();
        if (!times.anyDependency()) {
            return dependencies;
        }
        for (String earlier : scope.inForEach ? scope.stepTasks : scope.known()) {
            DependencyType type = times.type();
            boolean visible = scope.visible().contains(earlier) || scope.steps.contains(earlier);
            if (random.percent(20) && (visible || !type.holdsStart())) {
                dependencies.add(times.dependency(earlier, type, () -> values.condition(scope.inForEach)));
            }
        }
        return dependencies;
    }

    /// The same task, whose completion also waits for one that comes later in its step.
    static Task heldBy(Task task, Dependency later) {
        List<Dependency> dependencies = new ArrayList<>(task.dependencies());
        dependencies.add(later);
        return new Task(
                task.id(),
                task.about(),
                task.action(),
                task.after(),
                dependencies,
                task.when(),
                task.forEach(),
                task.maxItems(),
                task.retry(),
                task.timeout(),
                task.onFailure(),
                task.priority(),
                task.estimatedDuration(),
                task.onLost(),
                task.needs(),
                task.constraints());
    }

    private Duration millis(long low, long high) {
        return Duration.ofMillis(random.skewed(low, high));
    }

    private RetryPolicy retry() {
        List<RetryPolicy.Rule> rules = new ArrayList<>();
        if (features.contains(Feature.RETRY_RULES)) {
            for (int i = random.below(3); i > 0; i--) {
                rules.add(new RetryPolicy.Rule(
                        List.of(random.pick(List.of("IO", "BUSY", "TIME*", "*"))),
                        random.percent(50) ? OptionalInt.of(random.below(4)) : OptionalInt.empty(),
                        random.percent(50) ? Optional.of(millis(10, 5_000)) : Optional.empty()));
            }
        }
        Duration delay = millis(10, 10_000);
        return new RetryPolicy(
                random.below(4),
                delay,
                1 + random.below(30) / 10.0,
                random.below(11) / 10.0,
                delay.plus(millis(1, 60_000)),
                has(Feature.RETRY_RULES, 40) ? List.of("IO", "TIME*") : List.of(),
                rules);
    }
}
