package dev.ropewalk.tool;

import org.jspecify.annotations.Nullable;

/// A tool written as a Java function.
@FunctionalInterface
public interface ToolFunction {

    /// @return a JSON-like value as in [ToolResult#value()], or a [ToolResult]
    /// @throws Exception as [Tool#call]
    @Nullable
    Object apply(ToolCall call) throws Exception;
}
