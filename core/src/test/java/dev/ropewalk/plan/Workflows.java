package dev.ropewalk.plan;

import dev.ropewalk.plan.Compilation.Compiled;
import dev.ropewalk.plan.Compilation.Rejected;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import dev.ropewalk.plan.Workflow.Step;
import dev.ropewalk.plan.Workflow.Task;
import dev.ropewalk.plan.Workflow.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Workflows in few words, without the builder, so that the compiler's tests stand by themselves.
final class Workflows {

    private Workflows() {}

    static Workflow workflow(StepMaker... steps) {
        return workflow(Optional.empty(), steps);
    }

    static Workflow workflow(Optional<Template> result, StepMaker... steps) {
        return new Workflow(
                "test",
                "",
                Documentation.NONE,
                List.of(),
                Defaults.NONE,
                Stream.of(steps).map(StepMaker::make).toList(),
                result,
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                SharedResources.NONE,
                Ordering.NONE,
                Constraints.NONE);
    }

    static Workflow withVariables(Workflow workflow, Variable... variables) {
        return new Workflow(
                workflow.name(),
                workflow.version(),
                workflow.about(),
                List.of(variables),
                workflow.defaults(),
                workflow.steps(),
                workflow.result(),
                workflow.maxRetries(),
                workflow.timeout(),
                workflow.maxParallel(),
                workflow.shared(),
                workflow.ordering(),
                workflow.constraints());
    }

    static Workflow withDefaults(Workflow workflow, Defaults defaults) {
        return new Workflow(
                workflow.name(),
                workflow.version(),
                workflow.about(),
                workflow.variables(),
                defaults,
                workflow.steps(),
                workflow.result(),
                workflow.maxRetries(),
                workflow.timeout(),
                workflow.maxParallel(),
                workflow.shared(),
                workflow.ordering(),
                workflow.constraints());
    }

    static StepMaker step(String id, TaskMaker... tasks) {
        return new StepMaker(id, tasks);
    }

    static TaskMaker task(String id, String... after) {
        return new TaskMaker(id, after);
    }

    static Compilation compile(Workflow workflow) {
        return PlanCompiler.compile(workflow, Map.of(), PlanLimits.DEFAULT, new WordLanguage());
    }

    static ExecutionPlan plan(StepMaker... steps) {
        return plan(workflow(steps));
    }

    static ExecutionPlan plan(Workflow workflow) {
        return switch (compile(workflow)) {
            case Compiled(ExecutionPlan plan) -> plan;
            case Rejected rejected -> throw new AssertionError(rejected.problems());
        };
    }

    /// As `CODE path`.
    static List<String> problems(StepMaker... steps) {
        return problems(workflow(steps));
    }

    static List<String> problems(Workflow workflow) {
        return compile(workflow).problems().stream()
                .map(problem -> problem.code() + " " + problem.path())
                .toList();
    }

    /// As `a -SUCCESS-> b`, sorted.
    static List<String> edges(ExecutionPlan plan) {
        List<String> edges = new ArrayList<>();
        for (PlannedTask task : plan.tasks()) {
            for (int k = 0; k < plan.successorCount(task.index()); k++) {
                edges.add("%s -%s-> %s"
                        .formatted(
                                task.path(),
                                plan.edgeKind(task.index(), k),
                                plan.task(plan.successor(task.index(), k)).path()));
            }
        }
        return edges.stream().sorted().toList();
    }

    static String paths(ExecutionPlan plan) {
        return plan.tasks().stream().map(PlannedTask::path).collect(Collectors.joining(" "));
    }

    static Template.Expression expression(String source) {
        return new Template.Expression(source);
    }

    static Template.Mapping map(String key, Template value) {
        return new Template.Mapping(List.of(new Template.Entry(key, value)));
    }

    static final class StepMaker {
        private Step step;

        StepMaker(String id, TaskMaker... tasks) {
            step = new Step(
                    id,
                    Documentation.NONE,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    List.of(tasks).stream().map(TaskMaker::make).toList());
        }

        StepMaker mode(StepMode mode) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    Optional.of(mode),
                    s.after(),
                    s.dependencies(),
                    s.onError(),
                    s.maxRetries(),
                    s.forEach(),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker after(String... after) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    List.of(after),
                    s.dependencies(),
                    s.onError(),
                    s.maxRetries(),
                    s.forEach(),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker on(String step, DependencyType type, Duration lag, String... condition) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    s.after(),
                    Stream.concat(
                                    s.dependencies().stream(),
                                    Stream.of(new Dependency(
                                            step,
                                            type,
                                            lag,
                                            Stream.of(condition).findFirst().map(Workflows::expression))))
                            .toList(),
                    s.onError(),
                    s.maxRetries(),
                    s.forEach(),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker on(String step, DependencyType type) {
            return on(step, type, Duration.ZERO);
        }

        StepMaker onError(OnError onError) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    s.after(),
                    s.dependencies(),
                    Optional.of(onError),
                    s.maxRetries(),
                    s.forEach(),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker maxRetries(int retries) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    s.after(),
                    s.dependencies(),
                    s.onError(),
                    OptionalInt.of(retries),
                    s.forEach(),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker forEach(Template list) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    s.after(),
                    s.dependencies(),
                    s.onError(),
                    s.maxRetries(),
                    Optional.of(list),
                    s.maxItems(),
                    s.tasks()));
        }

        StepMaker maxItems(int items) {
            return with(s -> new Step(
                    s.id(),
                    s.about(),
                    s.mode(),
                    s.after(),
                    s.dependencies(),
                    s.onError(),
                    s.maxRetries(),
                    s.forEach(),
                    OptionalInt.of(items),
                    s.tasks()));
        }

        private StepMaker with(UnaryOperator<Step> change) {
            step = change.apply(step);
            return this;
        }

        Step make() {
            return step;
        }
    }

    static final class TaskMaker {
        private final String id;
        private final List<String> after;
        private Workflow.Action action = new CallTool("noop", Template.EMPTY_OBJECT);
        private final List<Dependency> dependencies = new ArrayList<>();
        private Constraints constraints = Constraints.NONE;
        private Optional<Template.Expression> when = Optional.empty();
        private Optional<Template> forEach = Optional.empty();
        private OptionalInt maxItems = OptionalInt.empty();
        private Optional<RetryPolicy> retry = Optional.empty();
        private Optional<Duration> timeout = Optional.empty();
        private Optional<FailurePolicy> onFailure = Optional.empty();
        private Optional<Priority> priority = Optional.empty();
        private Optional<Duration> estimate = Optional.empty();
        private Needs needs = Needs.NONE;
        private Optional<OnLost> onLost = Optional.empty();

        TaskMaker(String id, String... after) {
            this.id = id;
            this.after = List.of(after);
        }

        TaskMaker tool(String tool) {
            action = new CallTool(tool, Template.EMPTY_OBJECT);
            return this;
        }

        TaskMaker with(Template with) {
            action = new CallTool("noop", with);
            return this;
        }

        /// Uses the value of an expression.
        TaskMaker uses(String source) {
            return with(map("value", expression(source)));
        }

        TaskMaker runs(Workflow workflow, Template.Entry... with) {
            action = new RunPlan("sub.yaml", workflow, List.of(with));
            return this;
        }

        TaskMaker when(String source) {
            when = Optional.of(expression(source));
            return this;
        }

        TaskMaker forEach(Template list) {
            forEach = Optional.of(list);
            return this;
        }

        TaskMaker maxItems(int items) {
            maxItems = OptionalInt.of(items);
            return this;
        }

        TaskMaker retry(RetryPolicy policy) {
            retry = Optional.of(policy);
            return this;
        }

        TaskMaker timeout(Duration duration) {
            timeout = Optional.of(duration);
            return this;
        }

        TaskMaker onFailure(FailurePolicy policy) {
            onFailure = Optional.of(policy);
            return this;
        }

        TaskMaker fallback(String task) {
            return onFailure(new FailurePolicy.Fallback(task));
        }

        TaskMaker priority(Priority value) {
            priority = Optional.of(value);
            return this;
        }

        TaskMaker estimate(Duration duration) {
            estimate = Optional.of(duration);
            return this;
        }

        TaskMaker needs(Needs value) {
            needs = value;
            return this;
        }

        TaskMaker onLost(OnLost value) {
            onLost = Optional.of(value);
            return this;
        }

        TaskMaker on(String task, DependencyType type, Duration lag, String... condition) {
            dependencies.add(new Dependency(
                    task, type, lag, Stream.of(condition).findFirst().map(Workflows::expression)));
            return this;
        }

        TaskMaker on(String task, DependencyType type) {
            return on(task, type, Duration.ZERO);
        }

        TaskMaker constraints(Constraints value) {
            constraints = value;
            return this;
        }

        Task make() {
            return new Task(
                    id,
                    Documentation.NONE,
                    action,
                    after,
                    dependencies,
                    when,
                    forEach,
                    maxItems,
                    retry,
                    timeout,
                    onFailure,
                    priority,
                    estimate,
                    onLost,
                    needs,
                    constraints);
        }
    }
}
