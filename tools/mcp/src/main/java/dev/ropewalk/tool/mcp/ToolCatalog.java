package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.OnToolChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The tools of one server as it listed them last, over all its lives in this process.
///
/// A server may change what a tool is after somebody has looked at it and found it harmless (a "rug
/// pull"). So the definition is pinned when the tool is first listed, for good: a tool that changes, or
/// goes and comes back changed, is refused, unless the configuration says that changes are accepted.
final class ToolCatalog {
    /// A limit for what a server can make us remember.
    static final int MOST_TOOLS = 10_000;

    private final ServerSettings server;
    private final Map<String, String> pinned = new HashMap<>(); // guarded by this
    private volatile SequencedMap<String, ToolDefinition> tools = new TreeMap<>();

    ToolCatalog(ServerSettings server) {
        this.server = server;
    }

    synchronized void replace(List<ToolDefinition> listed) throws ToolException {
        SequencedMap<String, ToolDefinition> next = new TreeMap<>();
        for (ToolDefinition definition : listed) {
            String tool = definition.name().tool();
            next.put(tool, definition);
            String version = definition.descriptor().version();
            if (server.onToolChange() == OnToolChange.ACCEPT) {
                pinned.put(tool, version);
            } else {
                pinned.putIfAbsent(tool, version);
            }
        }
        if (pinned.size() > MOST_TOOLS) {
            throw Failures.tooManyTools(server.name(), MOST_TOOLS);
        }
        tools = next;
    }

    /// @throws ToolException if the server has no such tool, or it is not what it was
    ToolDefinition require(ToolName name) throws ToolException {
        SequencedMap<String, ToolDefinition> known = tools;
        ToolDefinition definition = known.get(name.tool());
        if (definition == null) {
            throw Failures.noSuchTool(name, known.keySet());
        }
        if (hasChanged(definition)) {
            throw Failures.toolChanged(server, name);
        }
        return definition;
    }

    synchronized boolean hasChanged(ToolDefinition definition) {
        return !definition
                .descriptor()
                .version()
                .equals(pinned.get(definition.name().tool()));
    }

    /// In order of name.
    List<ToolDefinition> all() {
        return List.copyOf(tools.values());
    }
}
