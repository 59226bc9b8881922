package dev.ropewalk.tool;

import java.util.Objects;
import java.util.Optional;

/// What can be said of a tool without calling it.
///
/// @param name how plans call it: `shell`, `http`, `mcp:files/read_text_file`
/// @param description for people, one paragraph; may be empty
/// @param inputSchema the JSON Schema of the arguments as JSON text; arguments are checked against
///     it before each call
/// @param outputSchema the JSON Schema of the result as JSON text, if the tool states one
/// @param version whatever identifies the tool's behaviour; part of digests, may be empty
public record ToolDescriptor(
        String name, String description, Optional<String> inputSchema, Optional<String> outputSchema, String version) {

    public ToolDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(inputSchema, "inputSchema");
        Objects.requireNonNull(outputSchema, "outputSchema");
        Objects.requireNonNull(version, "version");
    }

    /// A tool without schemas.
    public static ToolDescriptor of(String name, String description) {
        return new ToolDescriptor(name, description, Optional.empty(), Optional.empty(), "");
    }
}
