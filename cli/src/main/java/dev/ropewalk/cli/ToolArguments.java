package dev.ropewalk.cli;

import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns texts of the command line into arguments. Where the tool's schema wants a text it is taken as
/// it is; otherwise as JSON, if it is some.
final class ToolArguments {

    private final Map<?, ?> properties;

    /// @param schema JSON Schema of the arguments
    ToolArguments(String schema) {
        this.properties = Json.read(schema) instanceof Map<?, ?> map && map.get("properties") instanceof Map<?, ?> known
                ? known
                : Map.of();
    }

    @Nullable
    Object value(String name, String text) {
        boolean wantsText = properties.get(name) instanceof Map<?, ?> schema && "string".equals(schema.get("type"));
        if (wantsText) {
            return text;
        }
        try {
            return Json.read(text);
        } catch (ValueException _) {
            return text;
        }
    }
}
