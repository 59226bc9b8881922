package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolSettings;

/// Makes the tools of the MCP servers that the section `tools.mcp` of the configuration names.
///
/// ```yaml
/// tools:
///   mcp:
///     servers:
///       files:
///         command: [npx, -y, "@modelcontextprotocol/server-filesystem", /srv/data]
///       web:
///         url: https://mcp.example.com/mcp
///         headers: { Authorization: "Bearer …" }
/// ```
///
/// A plan then calls `mcp:files/read_text_file`. Nothing is started before the first use.
public final class McpToolProviderFactory implements ToolProviderFactory {

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public ToolProvider create(ToolSettings settings) {
        return new McpToolProvider(SettingsReader.read(settings), settings.environment());
    }
}
