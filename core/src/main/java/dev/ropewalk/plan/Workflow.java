package dev.ropewalk.plan;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// A named, versioned definition as its author wrote it, not yet checked.
///
/// Steps and tasks share their ids: within a workflow each is unique, because a task may come after
/// either. A sub-plan has ids of its own.
///
/// @param name how it is called
/// @param version empty if it states none
/// @param maxRetries what steps with `onError: retry` inherit
/// @param timeout of a whole execution
/// @param maxParallel how many attempts of one execution may run at once
/// @param shared the pools, groups and the budget that it declares
/// @param ordering where its executions stand among others
/// @param constraints of a whole execution
/// @param result what an execution of it returns
public record Workflow(
        String name,
        String version,
        Documentation about,
        List<Variable> variables,
        Defaults defaults,
        List<Step> steps,
        Optional<Template> result,
        OptionalInt maxRetries,
        Optional<Duration> timeout,
        OptionalInt maxParallel,
        SharedResources shared,
        Ordering ordering,
        Constraints constraints) {

    public Workflow {
        Objects.requireNonNull(name, "name");
        variables = List.copyOf(variables);
        steps = List.copyOf(steps);
        Objects.requireNonNull(shared, "shared");
        Objects.requireNonNull(ordering, "ordering");
    }

    /// What tasks that call tools take if they say nothing else themselves. The priority holds for the
    /// tasks of sub-plans, too, that state none; the rest does not.
    ///
    /// @param groups of tasks that name no group themselves
    public record Defaults(
            Optional<RetryPolicy> retry,
            Optional<Duration> timeout,
            Optional<FailurePolicy> onFailure,
            Optional<Priority> priority,
            List<String> groups) {
        public static final Defaults NONE =
                new Defaults(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        public Defaults {
            groups = List.copyOf(groups);
        }
    }

    /// A value that a run may or must give.
    ///
    /// @param type what its values must be
    /// @param defaultValue JSON; without it the variable is required
    public record Variable(String name, VariableType type, Optional<Payload> defaultValue, String description) {}

    /// What must have happened to another task or step.
    ///
    /// @param on the id of that task or step
    /// @param lag how long after that at the earliest
    /// @param condition decided before the start; if it does not hold, what depends is skipped
    public record Dependency(String on, DependencyType type, Duration lag, Optional<Template.Expression> condition) {
        public Dependency {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(lag, "lag");
        }
    }

    /// @param after ids of steps that must have ended
    /// @param dependencies on steps, of any type
    /// @param maxRetries how often it may run again, with [OnError#RETRY]; unless stated, the workflow's,
    ///     and once if that states none either
    /// @param forEach a list: the tasks run for each of its items; its result is the list of theirs
    /// @param maxItems the longest list that is accepted
    public record Step(
            String id,
            Documentation about,
            Optional<StepMode> mode,
            List<String> after,
            List<Dependency> dependencies,
            Optional<OnError> onError,
            OptionalInt maxRetries,
            Optional<Template> forEach,
            OptionalInt maxItems,
            List<Task> tasks) {
        public Step {
            Objects.requireNonNull(id, "id");
            after = List.copyOf(after);
            dependencies = List.copyOf(dependencies);
            tasks = List.copyOf(tasks);
        }
    }

    /// @param action what it does
    /// @param after ids of tasks, of this step or another, that must have succeeded, and of other steps
    ///     that must have ended
    /// @param dependencies on tasks and other steps, of any type
    /// @param when decided once; in a step with `forEach` for each item
    /// @param needs of each attempt; with `forEach` of each item's
    public record Task(
            String id,
            Documentation about,
            Action action,
            List<String> after,
            List<Dependency> dependencies,
            Optional<Template.Expression> when,
            Optional<Template> forEach,
            OptionalInt maxItems,
            Optional<RetryPolicy> retry,
            Optional<Duration> timeout,
            Optional<FailurePolicy> onFailure,
            Optional<Priority> priority,
            Optional<Duration> estimatedDuration,
            Optional<OnLost> onLost,
            Needs needs,
            Constraints constraints) {
        public Task {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(needs, "needs");
            after = List.copyOf(after);
            dependencies = List.copyOf(dependencies);
        }
    }

    public sealed interface Action {}

    /// Calls a tool; `with` is a map.
    public record CallTool(String tool, Template with) implements Action {}

    /// Runs another workflow in its place. `with` gives its variables.
    ///
    /// @param source how the author named it (a file); shown in problems
    public record RunPlan(String source, Workflow workflow, List<Template.Entry> with) implements Action {
        public RunPlan {
            with = List.copyOf(with);
        }
    }

    /// What a task's final failure means.
    public sealed interface FailurePolicy {
        /// The step's error policy decides.
        record Fail() implements FailurePolicy {}

        /// The task counts as skipped, what needs it goes on with the result null.
        record Skip() implements FailurePolicy {}

        /// The task with this id, of the same step, runs in its place. It stands in for no other, and
        /// takes no place of its own in the order of a sequential or conditional step.
        record Fallback(String task) implements FailurePolicy {}
    }

    /// What values a variable takes; `ANY` takes all.
    public enum VariableType {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        LIST,
        MAP,
        ANY
    }
}
