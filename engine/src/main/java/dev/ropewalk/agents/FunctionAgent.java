package dev.ropewalk.agents;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.util.Map;

/// An agent that is made of tools.
record FunctionAgent(AgentDescriptor describe, Map<String, Tool> tools) implements Agent {

    @Override
    public ToolResult execute(String tool, ToolCall call) throws Exception {
        Tool own = tools.get(tool);
        if (own == null) {
            throw ToolException.permanent(
                    "TOOL_NOT_FOUND", "agent \"%s\" has no tool \"%s\"".formatted(describe.name(), tool));
        }
        return own.call(call);
    }
}
