package dev.ropewalk.tool;

/// A Java function as a tool.
record FunctionTool(ToolDescriptor descriptor, ToolFunction function) implements Tool {

    @Override
    public ToolResult call(ToolCall call) throws Exception {
        Object value = function.apply(call);
        return value instanceof ToolResult result ? result : ToolResult.of(value);
    }
}
