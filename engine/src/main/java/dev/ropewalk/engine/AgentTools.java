package dev.ropewalk.engine;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The tools that agents have themselves, as a family of tools, so that plans may name them. A name
/// stays when its agents have gone: tasks that call it wait for another. Safe for use by several
/// threads.
final class AgentTools implements ToolProvider {

    private final Map<String, ToolDescriptor> tools = new ConcurrentHashMap<>();

    void offer(List<ToolDescriptor> own) {
        own.forEach(tool -> tools.putIfAbsent(tool.name(), tool));
    }

    @Override
    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name)).map(WithoutAgent::new);
    }

    /// Found only where a call got no agent, which the loop does not let happen.
    private record WithoutAgent(ToolDescriptor descriptor) implements Tool {
        @Override
        public ToolResult call(ToolCall call) throws ToolException {
            throw ToolException.retryable(
                    "AGENT_MISSING", "tool \"%s\" is called without an agent".formatted(descriptor.name()));
        }
    }

    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        return List.copyOf(tools.values());
    }

    @Override
    public boolean mayHave(String name) {
        return tools.containsKey(name);
    }

    @Override
    public List<String> knownNames() {
        return List.copyOf(tools.keySet());
    }

    @Override
    public void close() {
        tools.clear();
    }
}
