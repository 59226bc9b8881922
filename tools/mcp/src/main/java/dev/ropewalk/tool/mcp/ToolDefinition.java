package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolDescriptor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    static Optional<ToolDefinition> of(String server, Map<String, @Nullable Object> json, MessageCodec codec) {
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
                        schema(json.get("inputSchema"), codec),
                        schema(json.get("outputSchema"), codec),
                        digest(json, codec))));
    }

    private static Optional<String> schema(@Nullable Object schema, MessageCodec codec) {
        return schema instanceof Map<?, ?> ? Optional.of(codec.text(schema)) : Optional.empty();
    }

    private static String digest(Map<String, @Nullable Object> json, MessageCodec codec) {
        Map<String, @Nullable Object> said = new TreeMap<>(json);
        said.remove("icons");
        said.remove("_meta");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(codec.canonical(said));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
