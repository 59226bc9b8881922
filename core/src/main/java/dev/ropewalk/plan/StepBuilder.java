package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Dependency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Builds a step: a group of tasks with a mode and an error policy.
public final class StepBuilder extends DocumentedBuilder<StepBuilder> {

    private final String id;
    private Optional<StepMode> mode = Optional.empty();
    private final List<String> after = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private Optional<OnError> onError = Optional.empty();
    private OptionalInt maxRetries = OptionalInt.empty();
    private Optional<Template> forEach = Optional.empty();
    private OptionalInt maxItems = OptionalInt.empty();
    private final List<TaskBuilder> tasks = new ArrayList<>();

    StepBuilder(String id) {
        this.id = id;
    }

    /// [StepMode#HYBRID] unless stated.
    public StepBuilder mode(StepMode stepMode) {
        mode = Optional.of(stepMode);
        return this;
    }

    /// The step waits until these steps have ended, well or not.
    public StepBuilder after(String... steps) {
        after.addAll(List.of(steps));
        return this;
    }

    /// The step depends on another.
    public StepBuilder dependsOn(String step, DependencyType type) {
        return dependsOn(step, type, Duration.ZERO);
    }

    /// @param lag how long after what the other does, at the earliest
    public StepBuilder dependsOn(String step, DependencyType type, Duration lag) {
        dependencies.add(new Dependency(step, type, lag, Optional.empty()));
        return this;
    }

    /// @param condition decided before the step starts: its tasks are skipped unless this holds
    public StepBuilder dependsOn(String step, DependencyType type, Duration lag, Template.Expression condition) {
        dependencies.add(new Dependency(step, type, lag, Optional.of(condition)));
        return this;
    }

    /// [OnError#STOP] unless stated.
    public StepBuilder onError(OnError policy) {
        onError = Optional.of(policy);
        return this;
    }

    /// How often it runs again, with [OnError#RETRY].
    public StepBuilder maxRetries(int retries) {
        maxRetries = OptionalInt.of(retries);
        return this;
    }

    /// The tasks run for each item of this list; see [Values].
    public StepBuilder forEach(Object list) {
        forEach = Optional.of(Values.template(list));
        return this;
    }

    /// The longest list that is accepted.
    public StepBuilder maxItems(int items) {
        maxItems = OptionalInt.of(items);
        return this;
    }

    public StepBuilder task(String taskId, Consumer<TaskBuilder> say) {
        TaskBuilder task = new TaskBuilder(taskId);
        say.accept(task);
        tasks.add(task);
        return this;
    }

    Workflow.Step build() {
        return new Workflow.Step(
                id,
                documentation(),
                mode,
                after,
                dependencies,
                onError,
                maxRetries,
                forEach,
                maxItems,
                tasks.stream().map(TaskBuilder::build).toList());
    }

    @Override
    StepBuilder self() {
        return this;
    }
}
