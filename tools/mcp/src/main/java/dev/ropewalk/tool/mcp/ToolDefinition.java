package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tool as its server defines it.
///
/// @param descriptor its version is the digest of all that the server says of the tool, save its
///     pictures and `_meta`
record ToolDefinition(ToolName name, ToolDescriptor descriptor) {
    private static final int LONGEST_DESCRIPTION = 20_000;

    /// @return empty if the server does not even give it a name
    static Optional<ToolDefinition> of(String server, Map<String, @Nullable Object> json) {
        if (!(json.get("name") instanceof String tool) || tool.isEmpty()) {
            return Optional.empty();
        }
        ToolName name = new ToolName(server, tool);
        String description = Stream.of(json.get("title"), json.get("description"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .distinct()
                .collect(Collectors.joining(": "));
        return Optional.of(new ToolDefinition(
                name,
                new ToolDescriptor(
                        name.toString(),
                        VisibleText.of(description, LONGEST_DESCRIPTION),
                        schema(json.get("inputSchema")),
                        schema(json.get("outputSchema")),
                        digest(json))));
    }

    private static Optional<String> schema(@Nullable Object schema) {
        return schema instanceof Map<?, ?>
                ? Optional.of(new String(Json.write(schema), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String digest(Map<String, @Nullable Object> json) {
        Map<String, @Nullable Object> said = new TreeMap<>(json);
        said.remove("icons");
        said.remove("_meta");
        return "sha256:" + Json.digest(said);
    }
}
