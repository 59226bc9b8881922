package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Action;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Builds a task: a tool or plan, its arguments, limits and policies.
public final class TaskBuilder extends DocumentedBuilder<TaskBuilder> {

    private final String id;
    private String tool = "";
    private @Nullable Workflow plan;
    private final Map<String, Object> with = new LinkedHashMap<>();
    private final List<String> after = new ArrayList<>();
    private Optional<Template.Expression> when = Optional.empty();
    private Optional<Template> forEach = Optional.empty();
    private OptionalInt maxItems = OptionalInt.empty();
    private Optional<RetryPolicy> retry = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<FailurePolicy> onFailure = Optional.empty();
    private Optional<Priority> priority = Optional.empty();
    private Optional<Duration> estimatedDuration = Optional.empty();
    private Optional<OnLost> onLost = Optional.empty();

    TaskBuilder(String id) {
        this.id = id;
    }

    /// What the task calls.
    public TaskBuilder tool(String name) {
        tool = name;
        return this;
    }

    /// Runs another workflow in place of a tool; `with` gives its variables.
    public TaskBuilder plan(Workflow workflow) {
        plan = workflow;
        return this;
    }

    /// Adds an argument; see [Values] for what `value` may be.
    public TaskBuilder with(String name, @Nullable Object value) {
        Template template = Values.template(value, Location.ROOT.key("with").key(name));
        with.put(name, template instanceof Template.Literal(Payload literal) ? literal : template);
        return this;
    }

    /// Adds arguments.
    public TaskBuilder with(Map<String, ?> arguments) {
        JsonWriter.inOrder(arguments, Location.ROOT.key("with")).forEach(this::with);
        return this;
    }

    /// The task waits for these tasks to succeed, and for these steps to end. Using the result of a task
    /// says the same by itself.
    public TaskBuilder after(String... ids) {
        after.addAll(List.of(ids));
        return this;
    }

    /// The task is skipped unless this holds.
    public TaskBuilder when(Template.Expression condition) {
        when = Optional.of(condition);
        return this;
    }

    /// The task runs for each item of this list; its result is the list of theirs.
    public TaskBuilder forEach(Object list) {
        forEach = Optional.of(Values.template(list));
        return this;
    }

    /// The longest list that is accepted.
    public TaskBuilder maxItems(int items) {
        maxItems = OptionalInt.of(items);
        return this;
    }

    /// As [RetryPolicy#of(int)].
    public TaskBuilder retry(int maxRetries) {
        return retry(RetryPolicy.of(maxRetries));
    }

    public TaskBuilder retry(RetryPolicy policy) {
        retry = Optional.of(policy);
        return this;
    }

    /// Of one attempt.
    public TaskBuilder timeout(Duration duration) {
        timeout = Optional.of(duration);
        return this;
    }

    /// When the task has failed, another of its step runs in its place.
    public TaskBuilder fallback(String task) {
        return onFailure(new FailurePolicy.Fallback(task));
    }

    /// When the task has failed it counts as skipped; what needs it goes on with the result null.
    public TaskBuilder skipOnFailure() {
        return onFailure(new FailurePolicy.Skip());
    }

    /// Sets what the plan's defaults may say otherwise.
    public TaskBuilder onFailure(FailurePolicy policy) {
        onFailure = Optional.of(policy);
        return this;
    }

    public TaskBuilder priority(Priority value) {
        priority = Optional.of(value);
        return this;
    }

    /// How long one attempt is thought to take.
    public TaskBuilder estimatedDuration(Duration duration) {
        estimatedDuration = Optional.of(duration);
        return this;
    }

    /// [OnLost#RERUN] unless stated.
    public TaskBuilder onLost(OnLost policy) {
        onLost = Optional.of(policy);
        return this;
    }

    Workflow.Task build() {
        return new Workflow.Task(
                id,
                documentation(),
                action(),
                after,
                when,
                forEach,
                maxItems,
                retry,
                timeout,
                onFailure,
                priority,
                estimatedDuration,
                onLost,
                Needs.NONE);
    }

    private Action action() {
        Workflow sub = plan;
        if (sub == null) {
            return new CallTool(tool, Values.template(with));
        }
        List<Template.Entry> variables = new ArrayList<>();
        with.forEach((name, value) -> variables.add(new Template.Entry(name, Values.template(value))));
        return new RunPlan(sub.name(), sub, variables);
    }

    @Override
    TaskBuilder self() {
        return this;
    }
}
