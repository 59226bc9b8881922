package dev.ropewalk.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an attempt returned.
///
/// @param value maps with string keys, lists, strings, numbers, booleans, null, and [Output] in the
///     place of a string; becomes the task's result as JSON
/// @param usage what the call consumed, as measured; empty if it was not measured
public record ToolResult(@Nullable Object value, List<Usage> usage) {

    public ToolResult {
        usage = List.copyOf(usage);
    }

    public static ToolResult of(@Nullable Object value) {
        return new ToolResult(value, List.of());
    }

    /// The same value with what the call consumed.
    public ToolResult with(List<Usage> measured) {
        return new ToolResult(value, measured);
    }
}
