package dev.ropewalk.cli;

import dev.ropewalk.EngineOptions;
import dev.ropewalk.SchedulingOptions;
import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentRouting;
import dev.ropewalk.format.SettingsFile;
import dev.ropewalk.plan.KnownResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the configuration file says.
///
/// @param store its URL
/// @param allowMcpCommands whether plans may declare MCP servers
/// @param limits of plans
/// @param tools the section of each family
/// @param agents that run tools of the engine
/// @param routing what counts how much in the choice among them
record Configuration(
        Optional<String> store,
        boolean allowMcpCommands,
        EngineOptions engine,
        SchedulingOptions scheduling,
        ReadingLimits limits,
        Map<String, Map<String, @Nullable Object>> tools,
        List<Agent> agents,
        AgentRouting routing) {

    static final Path DEFAULT_FILE = Path.of(".ropewalk", "config.yaml");

    /// @param named by the user; the default file may be missing
    /// @throws CommandException with all that is wrong with the file
    static Configuration read(Optional<Path> named) {
        if (named.isEmpty() && !Files.exists(DEFAULT_FILE)) {
            return new Configuration(
                    Optional.empty(),
                    false,
                    EngineOptions.DEFAULT,
                    SchedulingOptions.DEFAULT,
                    ReadingLimits.DEFAULT,
                    Map.of(),
                    List.of(),
                    AgentRouting.DEFAULT);
        }
        return new ConfigurationReader(SettingsFile.read(named.orElse(DEFAULT_FILE))).read();
    }

    /// With the servers that a plan declares beside those that are configured; of one name the
    /// configured one counts.
    Configuration withMcpServers(Map<String, @Nullable Object> declared) {
        Map<String, @Nullable Object> mcp = new LinkedHashMap<>(tools.getOrDefault("mcp", Map.of()));
        Map<String, @Nullable Object> servers = new LinkedHashMap<>(declared);
        if (mcp.get("servers") instanceof Map<?, ?> configured) {
            configured.forEach((name, server) -> servers.put(String.valueOf(name), server));
        }
        mcp.put("servers", servers);
        Map<String, Map<String, @Nullable Object>> families = new LinkedHashMap<>(tools);
        families.put("mcp", mcp);
        return new Configuration(store, allowMcpCommands, engine, scheduling, limits, families, agents, routing);
    }

    /// What plans may name without declaring it.
    KnownResources known() {
        return KnownResources.of(scheduling.shared());
    }

    /// What a family of tools says of its settings, a line a problem.
    static CommandException invalid(IllegalArgumentException problems) {
        List<Complaint> complaints = String.valueOf(problems.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Complaint.of(
                        "CONFIGURATION_INVALID", line.strip(), "see docs/command-reference.md, \"Configuration\""))
                .toList();
        return new CommandException(complaints, 0);
    }
}
