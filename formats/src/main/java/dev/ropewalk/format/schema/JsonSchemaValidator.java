package dev.ropewalk.format.schema;

import dev.ropewalk.tool.ArgumentValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks values against JSON Schemas of the drafts 4 to 2020-12. Keeps what it compiled, by the whole
/// text of a schema: by anything less, such as its `$id`, one tool could pass off its schema as
/// another's.
public final class JsonSchemaValidator implements ArgumentValidator {

    private static final int KEPT = 256;
    private static final int LONGEST_SCHEMA = 1024 * 1024;

    private final Map<String, CompiledSchema> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledSchema> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public List<String> problems(String schema, @Nullable Object value, String root) {
        return compiled(schema).problems(value, root);
    }

    private CompiledSchema compiled(String schema) {
        if (schema.length() > LONGEST_SCHEMA) {
            throw new IllegalArgumentException(
                    "a schema of %d characters; at most %d are read".formatted(schema.length(), LONGEST_SCHEMA));
        }
        synchronized (compiled) {
            CompiledSchema known = compiled.get(schema);
            if (known != null) {
                return known;
            }
        }
        // Compiling the same schema twice at once does no harm; waiting for the other thread would.
        CompiledSchema fresh = CompiledSchema.of(schema);
        synchronized (compiled) {
            compiled.put(schema, fresh);
        }
        return fresh;
    }
}
