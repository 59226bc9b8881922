package dev.ropewalk.tool.mcp;

import java.util.Optional;

/// The name of an MCP tool in a plan, taken apart: `mcp:<server>/<tool>`.
///
/// @param tool the name that the server gave it; may itself have a `/`
record ToolName(String server, String tool) {
    static final String PREFIX = "mcp:";

    /// Empty if `name` is not of this form.
    static Optional<ToolName> parse(String name) {
        int slash = name.indexOf('/');
        if (!name.startsWith(PREFIX) || slash <= PREFIX.length() || slash == name.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new ToolName(name.substring(PREFIX.length(), slash), name.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return PREFIX + server + "/" + tool;
    }
}
