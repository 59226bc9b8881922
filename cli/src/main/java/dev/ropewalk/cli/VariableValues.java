package dev.ropewalk.cli;

import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.VariableType;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `--var` gives, by the types that the plan declares. A text is taken as it is, all else as JSON.
/// What does not fit is handed on as a text, so that the compiler refuses it with all other problems.
final class VariableValues {

    private VariableValues() {}

    static Map<String, Payload> of(Workflow workflow, Map<String, String> given) {
        Map<String, VariableType> types = new HashMap<>();
        workflow.variables().forEach(variable -> types.put(variable.name(), variable.type()));
        Map<String, Payload> values = new LinkedHashMap<>();
        given.forEach((name, text) -> values.put(name, value(types.getOrDefault(name, VariableType.STRING), text)));
        return values;
    }

    private static Payload value(VariableType type, String text) {
        return switch (type) {
            case STRING -> text(text);
            case INTEGER, NUMBER, BOOLEAN, LIST, MAP, ANY -> {
                try {
                    yield Payload.of(Json.write(Json.read(text)), Payload.JSON);
                } catch (ValueException _) {
                    yield text(text);
                }
            }
        };
    }

    private static Payload text(String text) {
        return Payload.of(Json.write(text), Payload.JSON);
    }
}
