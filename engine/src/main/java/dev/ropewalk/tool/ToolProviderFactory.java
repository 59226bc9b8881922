package dev.ropewalk.tool;

/// Makes a [ToolProvider]; found through [java.util.ServiceLoader].
public interface ToolProviderFactory {

    /// The name of the family and of its section under `tools` in the configuration: `shell`, `mcp`.
    String name();

    /// @throws IllegalArgumentException if a setting is not valid; the message names the setting, the
    ///     value found and what would do
    ToolProvider create(ToolSettings settings);
}
