package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Action;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Builds a task: a tool or plan, its arguments, limits and policies.
public final class TaskBuilder extends DocumentedBuilder<TaskBuilder> {

    private final String id;
    private String tool = "";
    private @Nullable Workflow plan;
    private final Map<String, Object> with = new LinkedHashMap<>();
    private final List<String> after = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private Optional<Template.Expression> when = Optional.empty();
    private Optional<Template> forEach = Optional.empty();
    private OptionalInt maxItems = OptionalInt.empty();
    private Optional<RetryPolicy> retry = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<FailurePolicy> onFailure = Optional.empty();
    private Optional<Priority> priority = Optional.empty();
    private Optional<Duration> estimatedDuration = Optional.empty();
    private Optional<OnLost> onLost = Optional.empty();
    private final List<String> groups = new ArrayList<>();
    private final List<ResourceRequirement> resources = new ArrayList<>();
    private Optional<AgentRequirement> agent = Optional.empty();
    private Optional<BatchPolicy> batch = Optional.empty();
    private boolean preemptible;
    private long estimatedTokens;
    private long estimatedMicroCost;
    private long milliValue;
    private Constraints constraints = Constraints.NONE;

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

    /// The task depends on another, or on a step as a whole.
    public TaskBuilder dependsOn(String on, DependencyType type) {
        return dependsOn(on, type, Duration.ZERO);
    }

    /// @param lag how long after what the other does, at the earliest
    public TaskBuilder dependsOn(String on, DependencyType type, Duration lag) {
        dependencies.add(new Dependency(on, type, lag, Optional.empty()));
        return this;
    }

    /// @param condition decided before the task starts: it is skipped unless this holds
    public TaskBuilder dependsOn(String on, DependencyType type, Duration lag, Template.Expression condition) {
        dependencies.add(new Dependency(on, type, lag, Optional.of(condition)));
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

    /// The concurrency groups in which its attempts count.
    public TaskBuilder group(String... names) {
        groups.addAll(List.of(names));
        return this;
    }

    /// As [ResourceRequirement#of].
    public TaskBuilder resource(String type, String amount) {
        return resource(ResourceRequirement.of(type, amount));
    }

    /// Held while an attempt runs.
    public TaskBuilder resource(ResourceRequirement requirement) {
        resources.add(requirement);
        return this;
    }

    /// Who may run it.
    public TaskBuilder agent(AgentRequirement requirement) {
        agent = Optional.of(requirement);
        return this;
    }

    /// Tasks of the same tool that are ready together are run in one call.
    ///
    /// @param maxWait how long a ready task waits for others
    public TaskBuilder batch(int maxSize, Duration maxWait) {
        batch = Optional.of(new BatchPolicy(maxSize, maxWait.toNanos() / 1_000));
        return this;
    }

    /// An attempt may be stopped for one of higher priority, and starts again later.
    public TaskBuilder preemptible() {
        preemptible = true;
        return this;
    }

    /// How many tokens are reserved for an attempt; it settles for what it reports.
    public TaskBuilder estimatedTokens(long tokens) {
        estimatedTokens = tokens;
        return this;
    }

    /// How much money is reserved for an attempt; it settles for what it reports.
    ///
    /// @throws IllegalArgumentException if it has more than six decimals or is too large
    public TaskBuilder estimatedCost(BigDecimal money) {
        estimatedMicroCost = Quantity.exactly(money, Quantity.MICRO);
        return this;
    }

    /// What its result is worth, in a unit of your own.
    ///
    /// @throws IllegalArgumentException if it has more than three decimals or is too large
    public TaskBuilder value(BigDecimal worth) {
        milliValue = Quantity.exactly(worth, Quantity.MILLI);
        return this;
    }

    /// As [#value(BigDecimal)].
    public TaskBuilder value(long worth) {
        return value(BigDecimal.valueOf(worth));
    }

    private Needs needs() {
        Needs needs = new Needs(
                resources, groups, estimatedTokens, estimatedMicroCost, agent, batch, preemptible, milliValue);
        return needs.equals(Needs.NONE) ? Needs.NONE : needs;
    }

    /// When the task may run and must have ended, and its locks.
    public TaskBuilder constraints(Consumer<ConstraintsBuilder> say) {
        ConstraintsBuilder builder = new ConstraintsBuilder();
        say.accept(builder);
        constraints = builder.build();
        return this;
    }

    Workflow.Task build() {
        return new Workflow.Task(
                id,
                documentation(),
                action(),
                after,
                dependencies,
                when,
                forEach,
                maxItems,
                retry,
                timeout,
                onFailure,
                priority,
                estimatedDuration,
                onLost,
                needs(),
                constraints);
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
