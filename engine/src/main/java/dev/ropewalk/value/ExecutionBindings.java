package dev.ropewalk.value;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Scope;
import dev.ropewalk.plan.Template;
import dev.ropewalk.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What names stand for in one scope of one execution. Lives as long as one evaluation, on one thread.
///
/// A variable of a sub-plan is evaluated in the scope around it when it is first asked for, and then
/// remembered. There are no circles in this: a scope only ever asks the one around it.
final class ExecutionBindings implements Bindings {

    private final TaskInputs inputs;
    private final ValueReader values;
    private final TemplateEvaluation templates;
    private final SecretNames secrets;
    private final int scope;
    private final Map<String, Optional<Object>> variables = new HashMap<>();
    private @Nullable ExecutionBindings outer;
    private @Nullable StoreException damage;

    ExecutionBindings(TaskInputs inputs, ValueReader values, TemplateEvaluation templates, SecretNames secrets) {
        this(inputs, values, templates, secrets, inputs.scope());
    }

    private ExecutionBindings(
            TaskInputs inputs, ValueReader values, TemplateEvaluation templates, SecretNames secrets, int scope) {
        this.inputs = inputs;
        this.values = values;
        this.templates = templates;
        this.secrets = secrets;
        this.scope = scope;
    }

    /// Thrown on, if the store failed while a value was read: that is no fault of the expression, and
    /// whoever evaluates may have taken it for one.
    void rethrowDamage() {
        if (damage != null) {
            throw damage;
        }
        if (outer != null) {
            outer.rethrowDamage();
        }
    }

    @Override
    public @Nullable Object variable(String name) throws ExpressionException {
        Optional<Object> known = variables.get(name);
        if (known == null) {
            known = Optional.ofNullable(evaluateVariable(name));
            variables.put(name, known);
        }
        return known.orElse(null);
    }

    private @Nullable Object evaluateVariable(String name) throws ExpressionException {
        Scope here = inputs.plan().scopes().get(scope);
        for (Template.Entry variable : here.variables()) {
            if (variable.key().equals(name)) {
                return templates.evaluate(variable.value(), here.parent() < 0 ? this : outer(here.parent()));
            }
        }
        throw new ExpressionException("there is no variable %s; declare it under variables".formatted(name));
    }

    private ExecutionBindings outer(int parent) {
        if (outer == null) {
            outer = new ExecutionBindings(inputs, values, templates, secrets, parent);
        }
        return outer;
    }

    @Override
    public @Nullable Object taskResult(String id) throws ExpressionException {
        Recorded recorded = recorded(id);
        return read("the result of task " + id, () -> values.read(recorded));
    }

    @Override
    public String taskStatus(String id) throws ExpressionException {
        return recorded(id).status().name();
    }

    /// What is recorded of the task; it has ended.
    Recorded recorded(String id) throws ExpressionException {
        int task = inputs.references().task(scope, id);
        if (task < 0) {
            throw new ExpressionException("there is no task %s".formatted(id));
        }
        Recorded recorded = inputs.recorded(task);
        if (recorded == null) {
            throw new ExpressionException(
                    "task %s is not named in the text of the expression; write its id plainly, without escapes"
                            .formatted(id));
        }
        if (recorded instanceof Recorded.Unfinished) {
            throw new ExpressionException("task %s has not ended yet; depend on it with after".formatted(id));
        }
        return recorded;
    }

    @Override
    public @Nullable Object item() throws ExpressionException {
        ItemList items = items();
        return read("item " + inputs.item(), () -> items.item(values, inputs.item()));
    }

    @Override
    public long index() throws ExpressionException {
        items();
        return inputs.item();
    }

    private ItemList items() throws ExpressionException {
        ItemList items = inputs.items();
        if (items == null) {
            throw new ExpressionException("item and index exist only inside a forEach");
        }
        return items;
    }

    private @Nullable Object read(String what, Supplier<@Nullable Object> reading) throws ExpressionException {
        try {
            return reading.get();
        } catch (ValueException e) {
            throw new ExpressionException("%s cannot be read: %s".formatted(what, e.message()), e);
        } catch (StoreException e) {
            damage = e;
            throw e;
        }
    }

    @Override
    public Map<String, String> execution() {
        ExecutionPlan plan = inputs.plan();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", inputs.execution());
        facts.put("name", plan.name());
        facts.put("version", plan.version());
        facts.put(
                "startedAt",
                Instant.EPOCH.plus(inputs.startedAt(), ChronoUnit.MICROS).toString());
        return facts;
    }

    @Override
    public String secret(String name) throws ExpressionException {
        return secrets.placeholder(name);
    }
}
