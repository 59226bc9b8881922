package dev.ropewalk.engine;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolResult;
import java.util.Optional;

/// The tool `value`: its result is the value that it is given, so that a plan can put values together
/// without starting anything.
final class ValueTool implements Tool {

    private static final ToolDescriptor DESCRIPTOR = new ToolDescriptor(
            "value",
            "Returns the value that it is given: to put results together, or to name one.",
            Optional.of("""
                    {"type":"object","properties":{"value":{"description":"what the task returns"}},\
                    "required":["value"],"additionalProperties":false}"""),
            Optional.empty(),
            "1");

    @Override
    public ToolDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ToolResult call(ToolCall call) {
        return ToolResult.of(call.arguments().get("value"));
    }
}
