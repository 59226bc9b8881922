package dev.ropewalk.format.cel;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.value.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Bindings for tests, which note what they were asked for.
final class GivenBindings implements Bindings {

    final Set<String> asked = new HashSet<>();
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> results = new HashMap<>();
    private Object item = Map.of("name", "n1");

    GivenBindings variable(String name, Object value) {
        variables.put(name, value);
        return this;
    }

    GivenBindings json(String name, String value) {
        return variable(name, Json.read(value));
    }

    GivenBindings result(String task, String json) {
        results.put(task, Json.read(json));
        return this;
    }

    GivenBindings item(Object value) {
        item = value;
        return this;
    }

    @Override
    public Object variable(String name) throws ExpressionException {
        asked.add("vars." + name);
        if (!variables.containsKey(name)) {
            throw new ExpressionException("there is no variable " + name);
        }
        return variables.get(name);
    }

    @Override
    public Object taskResult(String id) throws ExpressionException {
        asked.add("tasks." + id);
        if (!results.containsKey(id)) {
            throw new ExpressionException("there is no result of " + id);
        }
        return results.get(id);
    }

    @Override
    public String taskStatus(String id) {
        return "COMPLETED";
    }

    @Override
    public Object item() {
        return item;
    }

    @Override
    public long index() {
        return 3;
    }

    @Override
    public Map<String, String> execution() {
        return Map.of("id", "e1");
    }

    @Override
    public String secret(String name) {
        return "<secret " + name + ">";
    }
}
