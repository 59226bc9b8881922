package dev.ropewalk.cli;

import dev.ropewalk.format.CheckedPlan;
import dev.ropewalk.format.PlanReader;
import dev.ropewalk.format.ReadPlan;
import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Workflow;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan as it was read, from a file or out of the store.
record PlanSource(ReadPlan read, ReadingLimits limits) {

    static PlanSource file(Path file, ReadingLimits limits) {
        return new PlanSource(reader(limits).read(file), limits);
    }

    /// @param name stands in problems; ends like the name of a file of its format
    static PlanSource text(String name, byte[] bytes, ReadingLimits limits) {
        return new PlanSource(reader(limits).read(name, bytes), limits);
    }

    private static PlanReader reader(ReadingLimits limits) {
        return new PlanReader(limits.file(), limits.plan());
    }

    /// The configuration to run the plan with, which has the MCP servers that the plan declares.
    ///
    /// @throws CommandException if it declares some and may not
    Configuration configuration(Configuration configured, boolean allowed) {
        Map<String, @Nullable Object> servers = read.mcpServers();
        if (servers.isEmpty()) {
            return configured;
        }
        if (!allowed && !configured.allowMcpCommands()) {
            throw new CommandException(
                    "MCP_COMMANDS_REFUSED",
                    "the plan declares MCP servers, which start programs: %s"
                            .formatted(String.join(", ", servers.keySet())),
                    "read what they start, then allow it with --allow-mcp-commands, or move them to tools.mcp.servers of the configuration");
        }
        return configured.withMcpServers(servers);
    }

    /// @param variables as given on the command line
    /// @throws CommandException with everything that is wrong with it
    ExecutionPlan compile(Map<String, String> variables, ToolNames tools, KnownResources known) {
        Map<String, Payload> given = read.workflow()
                .map(workflow -> VariableValues.of(workflow, variables))
                .orElse(Map.of());
        CheckedPlan checked =
                read.compile(given, limits.plan(), new CelExpressionLanguage(limits.expression()), tools, known);
        return checked.plan().orElseThrow(() -> CommandException.ofProblems(checked.problems(), checked.omitted()));
    }

    /// As [#compile] for a plan that is run later: its tools, groups and pools may be others then, and the
    /// variables that it asks for come then.
    ///
    /// @throws CommandException with everything that is wrong with it
    Workflow check(Map<String, String> variables) {
        try {
            compile(variables, ToolNames.UNCHECKED, KnownResources.UNCHECKED);
        } catch (CommandException e) {
            boolean onlyAsks = e.complaints().stream()
                    .allMatch(complaint -> complaint.code().equals(Problem.VARIABLE_MISSING));
            if (!onlyAsks || e.omitted() > 0) {
                throw e;
            }
        }
        return read.workflow().orElseThrow();
    }
}
