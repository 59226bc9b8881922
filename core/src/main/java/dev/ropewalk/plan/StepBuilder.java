package dev.ropewalk.plan;

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
