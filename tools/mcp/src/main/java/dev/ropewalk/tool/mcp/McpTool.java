package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;

/// A tool of an MCP server. It stays valid while its server is restarted.
record McpTool(McpServer server, ToolDefinition definition) implements Tool {

    @Override
    public ToolDescriptor descriptor() {
        return definition.descriptor();
    }

    @Override
    public ToolResult call(ToolCall call) throws ToolException, InterruptedException {
        return server.call(definition.name(), call);
    }
}
