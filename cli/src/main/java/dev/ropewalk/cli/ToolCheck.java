package dev.ropewalk.cli;

import dev.ropewalk.agents.Agent;
import dev.ropewalk.engine.AgentProfiles;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plugin.Plugins;
import dev.ropewalk.tool.StandardToolRegistry;
import dev.ropewalk.tool.ToolFamilies;
import dev.ropewalk.tool.ToolProviderFactory;
import java.nio.file.Path;

/// Opens the configured tools without an engine, to check and to list them.
final class ToolCheck {

    private ToolCheck() {}

    // The constructor of a compact record loses the inner @Nullable of its parameters in its class file.
    @SuppressWarnings("NullAway")
    static StandardToolRegistry open(Configuration configuration, Plugins plugins) {
        StandardToolRegistry tools = new StandardToolRegistry();
        try {
            new ToolFamilies(configuration.tools(), Path.of("").toAbsolutePath(), System.getenv())
                    .addTo(tools, plugins.all(ToolProviderFactory.class));
            return tools;
        } catch (IllegalArgumentException e) {
            tools.close();
            throw Configuration.invalid(e);
        }
    }

    static ToolNames names(Configuration configuration, Plugins plugins) {
        try (StandardToolRegistry tools = open(configuration, plugins)) {
            return new ToolNames(
                    tools::mayHave,
                    tools.knownNames(),
                    AgentProfiles.check(
                            configuration.agents().stream().map(Agent::describe).toList()));
        }
    }
}
