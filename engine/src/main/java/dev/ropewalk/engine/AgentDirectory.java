package dev.ropewalk.engine;

import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.agents.AgentLostException;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The agents by name, for the threads of attempts. Safe for use by several threads.
final class AgentDirectory {

    /// An agent, as it described itself when it came.
    record Entry(Agent agent, AgentDescriptor descriptor) {}

    private final Map<String, Entry> agents = new ConcurrentHashMap<>();

    /// @return whether the name was free
    boolean add(Entry entry) {
        return agents.putIfAbsent(entry.descriptor().name(), entry) == null;
    }

    boolean remove(String name) {
        return agents.remove(name) != null;
    }

    boolean has(String name) {
        return agents.containsKey(name);
    }

    Optional<AgentDescriptor> descriptor(String name) {
        return Optional.ofNullable(agents.get(name)).map(Entry::descriptor);
    }

    /// In order of name.
    List<Entry> all() {
        return List.copyOf(new TreeMap<>(agents).values());
    }

    /// The tool as the agent has it; empty if it is one of the engine's, which the agent runs.
    ///
    /// @throws AgentLostException if the agent has gone meanwhile
    Optional<Tool> tool(String agent, String name) throws AgentLostException {
        Entry entry = agents.get(agent);
        if (entry == null) {
            throw new AgentLostException("agent \"%s\" has gone".formatted(agent));
        }
        return entry.descriptor().tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .map(tool -> new AgentTool(entry.agent(), tool));
    }

    private record AgentTool(Agent agent, ToolDescriptor descriptor) implements Tool {
        @Override
        public ToolResult call(ToolCall call) throws Exception {
            return agent.execute(descriptor.name(), call);
        }
    }
}
