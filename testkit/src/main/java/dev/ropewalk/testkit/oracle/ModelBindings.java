package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Scope;
import dev.ropewalk.plan.Template;
import dev.ropewalk.testkit.plans.WordLanguage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the names in an expression stand for, as far as the model knows.
final class ModelBindings implements Bindings {

    private final ExecutionModel x;
    private final DataFlow data;
    private final int scope;
    private final @Nullable TaskModel reader;

    /// @param reader whose expression it is; null for the plan's result, or for the variables of a
    ///     sub-plan
    ModelBindings(ExecutionModel execution, DataFlow data, int scope, @Nullable TaskModel reader) {
        this.x = execution;
        this.data = data;
        this.scope = scope;
        this.reader = reader;
    }

    @Override
    public @Nullable Object variable(String name) throws ExpressionException {
        Scope here = x.plan.scopes().get(scope);
        for (Template.Entry variable : here.variables()) {
            if (variable.key().equals(name)) {
                ModelBindings outside = new ModelBindings(x, data, here.parent(), null);
                return data.evaluate(variable.value(), outside);
            }
        }
        throw new ExpressionException("there is no variable " + name);
    }

    @Override
    public @Nullable Object taskResult(String id) throws ExpressionException {
        TaskModel task = find(id);
        if (!task.isPattern()) {
            return result(task);
        }
        TaskModel owner = x.tasks.get(task.definition.group());
        if (reader != null && reader.owner == owner) {
            return result(x.origin(task.index, reader));
        }
        if (!owner.stand.ended() || owner.itemList == null) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (TaskModel item : owner.items) {
            if (item.definition.index() == task.index) {
                all.add(result(item));
            }
        }
        return all;
    }

    @Override
    public String taskStatus(String id) throws ExpressionException {
        TaskModel task = find(id);
        if (task.isPattern()) {
            TaskModel owner = x.tasks.get(task.definition.group());
            boolean sibling = reader != null && reader.owner == owner;
            task = sibling && reader != null ? x.origin(task.index, reader) : owner;
        }
        return task.stand.status().name();
    }

    private TaskModel find(String id) throws ExpressionException {
        String prefix = x.plan.scopes().get(scope).prefix();
        TaskModel inStep = null;
        for (TaskModel task : x.tasks) {
            if (task.owner == null && task.path.equals(prefix + id)) {
                return task;
            }
            if (task.isPattern() && task.definition.scope() == scope && task.path.endsWith("[*]/" + id)) {
                inStep = task;
            }
        }
        if (inStep == null) {
            throw new ExpressionException("there is no task " + id);
        }
        return inStep;
    }

    private @Nullable Object result(TaskModel task) {
        if (!task.stand.ended()) {
            return null;
        }
        TaskModel speaker = Predecessors.standIn(x, task);
        StoredValue result = speaker.result;
        return switch (result) {
            case null -> null;
            case StoredValue.Collected _ -> items(speaker);
            case StoredValue.Inline _, StoredValue.External _ -> data.read(result);
        };
    }

    private List<@Nullable Object> items(TaskModel owner) {
        List<@Nullable Object> all = new ArrayList<>();
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        for (TaskModel item : owner.items) {
            String id = item.definition.path();
            if (id.endsWith("[*]")) {
                all.add(result(item));
                continue;
            }
            if (all.size() <= item.item) {
                entry = new LinkedHashMap<>();
                all.add(entry);
            }
            entry.put(id.substring(id.lastIndexOf('/') + 1), result(item));
        }
        return all;
    }

    @Override
    public @Nullable Object item() throws ExpressionException {
        if (reader == null || reader.owner == null || reader.owner.itemList == null) {
            throw new ExpressionException("there is no item here");
        }
        Object all = data.read(reader.owner.itemList);
        return all instanceof List<?> list ? list.get(reader.item) : null;
    }

    @Override
    public long index() throws ExpressionException {
        if (reader == null || reader.owner == null) {
            throw new ExpressionException("there is no item here");
        }
        return reader.item;
    }

    @Override
    public Map<String, String> execution() {
        return Map.of("id", x.id);
    }

    @Override
    public String secret(String name) {
        return WordLanguage.CANARY;
    }
}
