package dev.ropewalk.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks values against JSON Schemas. Found through [java.util.ServiceLoader], with a public
/// constructor without parameters that loads nothing heavy. Safe for use by several threads.
public interface ArgumentValidator {

    /// What is wrong with `value`, one line a problem, each with its path, what was found and what would
    /// do: `with.timeout: is a string; must be an integer`. Empty if it is valid.
    ///
    /// @param schema as JSON text, from a tool that may be hostile: nothing is fetched, and time is
    ///     bounded
    /// @param value as in [ToolCall#arguments()]
    /// @param root what paths start with
    /// @throws IllegalArgumentException if `schema` is no schema that can be used
    List<String> problems(String schema, @Nullable Object value, String root);
}
