package dev.ropewalk.plan;

import dev.ropewalk.plan.Compilation.Compiled;
import dev.ropewalk.plan.Compilation.Rejected;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
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

/// Builds a plan in Java, with everything that a plan file can say. Not safe for use by several threads.
///
/// Tasks given to the plan itself form one hybrid step, `main`. Nothing is checked before the end, and
/// then everything at once; only a value that JSON does not have is refused where it is given.
public final class PlanBuilder extends DocumentedBuilder<PlanBuilder> {

    private final String name;
    private String version = "";
    private final List<Variable> variables = new ArrayList<>();
    private final Map<String, Payload> given = new LinkedHashMap<>();
    private final DefaultsBuilder defaults = new DefaultsBuilder();
    private final List<StepBuilder> steps = new ArrayList<>();
    private @Nullable StepBuilder main;
    private Optional<Template> result = Optional.empty();
    private OptionalInt maxRetries = OptionalInt.empty();
    private Optional<Duration> timeout = Optional.empty();
    private OptionalInt maxParallel = OptionalInt.empty();
    private final List<ResourcePool> pools = new ArrayList<>();
    private final List<ConcurrencyGroup> groups = new ArrayList<>();
    private Optional<Budget> budget = Optional.empty();
    private Optional<String> strategy = Optional.empty();
    private String tenant = "";
    private long milliValue;
    private Constraints constraints = Constraints.NONE;
    private PlanLimits limits = PlanLimits.DEFAULT;
    private KnownResources known = KnownResources.UNCHECKED;

    PlanBuilder(String name) {
        this.name = name;
    }

    public PlanBuilder version(String text) {
        version = text;
        return this;
    }

    /// Declares a variable that must be given a value.
    public PlanBuilder variable(String variable, VariableType type) {
        return variable(new Variable(variable, type, Optional.empty(), ""));
    }

    public PlanBuilder variable(String variable, VariableType type, @Nullable Object defaultValue) {
        return variable(new Variable(variable, type, Optional.of(Values.json(defaultValue)), ""));
    }

    public PlanBuilder variable(Variable variable) {
        variables.add(variable);
        return this;
    }

    /// Gives a variable its value.
    public PlanBuilder given(String variable, @Nullable Object value) {
        given.put(variable, Values.json(value, Location.ROOT.key("variables").key(variable)));
        return this;
    }

    /// What tasks take that say nothing else themselves.
    public PlanBuilder defaults(Consumer<DefaultsBuilder> say) {
        say.accept(defaults);
        return this;
    }

    public PlanBuilder step(String id, Consumer<StepBuilder> say) {
        StepBuilder step = new StepBuilder(id);
        say.accept(step);
        steps.add(step);
        return this;
    }

    /// Adds a task to the step `main`.
    public PlanBuilder task(String id, Consumer<TaskBuilder> say) {
        StepBuilder step = main;
        if (step == null) {
            step = new StepBuilder("main");
            steps.add(step);
            main = step;
        }
        step.task(id, say);
        return this;
    }

    /// What the execution returns; see [Values].
    public PlanBuilder result(@Nullable Object value) {
        result = Optional.of(Values.template(value));
        return this;
    }

    /// How often steps with [OnError#RETRY] run again that do not say so themselves.
    public PlanBuilder maxRetries(int retries) {
        maxRetries = OptionalInt.of(retries);
        return this;
    }

    /// Of a whole execution.
    public PlanBuilder timeout(Duration duration) {
        timeout = Optional.of(duration);
        return this;
    }

    /// How many attempts may run at once.
    public PlanBuilder maxParallel(int attempts) {
        maxParallel = OptionalInt.of(attempts);
        return this;
    }

    /// Declares a pool; see [ResourcePool#of].
    public PlanBuilder pool(ResourcePool pool) {
        pools.add(pool);
        return this;
    }

    /// As [ResourcePool#of].
    public PlanBuilder pool(String pool, String capacity) {
        return pool(ResourcePool.of(pool, capacity));
    }

    /// Declares a concurrency group; see [ConcurrencyGroup#named].
    public PlanBuilder group(ConcurrencyGroup group) {
        groups.add(group);
        return this;
    }

    /// Declares a group of which so many attempts may run at once.
    public PlanBuilder group(String group, int maxConcurrent) {
        return group(ConcurrencyGroup.named(group).withMaxConcurrent(maxConcurrent));
    }

    /// What its executions may spend.
    public PlanBuilder budget(Budget limit) {
        budget = Optional.of(limit);
        return this;
    }

    /// The order of the tasks that are ready, such as `ADAPTIVE`.
    public PlanBuilder strategy(String strategyName) {
        strategy = Optional.of(strategyName);
        return this;
    }

    /// On whose behalf it runs; tenants share the engine by weight.
    public PlanBuilder tenant(String tenantName) {
        tenant = tenantName;
        return this;
    }

    /// What its completion is worth, in a unit of your own.
    ///
    /// @throws IllegalArgumentException if it has more than three decimals or is too large
    public PlanBuilder value(BigDecimal worth) {
        milliValue = Quantity.exactly(worth, Quantity.MILLI);
        return this;
    }

    /// As [#value(BigDecimal)].
    public PlanBuilder value(long worth) {
        return value(BigDecimal.valueOf(worth));
    }

    /// What the engine has that will run it; unless stated, what the plan does not declare itself is
    /// checked when it is submitted.
    public PlanBuilder known(KnownResources resources) {
        known = resources;
        return this;
    }

    /// When an execution as a whole may run and must have ended.
    public PlanBuilder constraints(Consumer<ConstraintsBuilder> say) {
        ConstraintsBuilder builder = new ConstraintsBuilder();
        say.accept(builder);
        constraints = builder.build();
        return this;
    }

    public PlanBuilder limits(PlanLimits planLimits) {
        limits = planLimits;
        return this;
    }

    /// The workflow as declared, unchecked: to be registered, or run by a task of another plan.
    public Workflow workflow() {
        return new Workflow(
                name,
                version,
                documentation(),
                variables,
                defaults.build(),
                steps.stream().map(StepBuilder::build).toList(),
                result,
                maxRetries,
                timeout,
                maxParallel,
                new SharedResources(pools, groups, budget),
                new Ordering(strategy, tenant, milliValue),
                constraints);
    }

    /// Everything that is wrong with the plan, expressions included: without a language there is none to
    /// check them.
    public List<Problem> validate() {
        return validate(ExpressionLanguage.NONE);
    }

    public List<Problem> validate(ExpressionLanguage language) {
        return compile(language).problems();
    }

    /// The plan; its expressions are refused, use [#build(ExpressionLanguage)] for those.
    ///
    /// @throws InvalidPlanException listing all problems
    public ExecutionPlan build() {
        return build(ExpressionLanguage.NONE);
    }

    /// @param language checks the plan's expressions
    /// @throws InvalidPlanException listing all problems
    public ExecutionPlan build(ExpressionLanguage language) {
        return switch (compile(language)) {
            case Compiled(ExecutionPlan plan) -> plan;
            case Rejected rejected -> throw new InvalidPlanException(name, rejected);
        };
    }

    private Compilation compile(ExpressionLanguage language) {
        return PlanCompiler.compile(workflow(), given, limits, language, ToolNames.UNCHECKED, known);
    }

    @Override
    PlanBuilder self() {
        return this;
    }
}
