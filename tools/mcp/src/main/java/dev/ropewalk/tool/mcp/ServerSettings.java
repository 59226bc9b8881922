package dev.ropewalk.tool.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the configuration says of one MCP server.
///
/// @param name what stands between `mcp:` and `/` in the names of its tools
/// @param startTimeout how long the start may take, the first listing of the tools included
/// @param requestTimeout how long the server may be silent while it works on a request; a progress
///     notification counts as a sign of life
/// @param maxMessageBytes the largest message that is accepted from the server
record ServerSettings(
        String name,
        Endpoint endpoint,
        Duration startTimeout,
        Duration requestTimeout,
        int maxMessageBytes,
        OnToolChange onToolChange) {

    /// How the server is reached.
    sealed interface Endpoint {}

    /// A process of our own that speaks over its standard input and output.
    ///
    /// @param command the program and its arguments
    /// @param env variables beyond those that are passed on from the engine's environment
    /// @param directory the process's working directory
    record Command(List<String> command, Map<String, String> env, Path directory) implements Endpoint {
        Command {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }
    }

    /// A server that speaks streamable HTTP.
    ///
    /// @param allowPrivateAddresses whether a host *name* may resolve to an address that is not public
    record Url(URI url, Map<String, String> headers, boolean allowPrivateAddresses) implements Endpoint {
        Url {
            headers = Map.copyOf(headers);
        }
    }

    /// What happens when a server changes the definition of a tool that it has listed before.
    enum OnToolChange {
        REFUSE,
        ACCEPT
    }

    /// Where the setting is written, for messages.
    String path(String setting) {
        return "tools.mcp.servers." + name + "." + setting;
    }
}
