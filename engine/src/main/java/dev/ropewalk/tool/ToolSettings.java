package dev.ropewalk.tool;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the configuration says for one family of tools.
///
/// @param values the family's section of the configuration file, JSON-like; empty if there is none
/// @param workingDirectory against which relative paths are resolved
/// @param environment the environment from which a family may pass variables on
public record ToolSettings(
        Map<String, @Nullable Object> values, Path workingDirectory, Map<String, String> environment) {

    public ToolSettings {
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        environment = Map.copyOf(environment);
    }
}
