package dev.ropewalk.plan;

import dev.ropewalk.plan.Compilation.Compiled;
import dev.ropewalk.plan.Compilation.Rejected;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
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
    private PlanLimits limits = PlanLimits.DEFAULT;

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
                SharedResources.NONE,
                Ordering.NONE);
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
        return PlanCompiler.compile(workflow(), given, limits, language);
    }

    @Override
    PlanBuilder self() {
        return this;
    }
}
