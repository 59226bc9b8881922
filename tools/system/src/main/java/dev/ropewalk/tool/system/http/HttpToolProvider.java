package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.system.egress.GuardedResolver;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The family `http`: one tool, or none if it is switched off.
final class HttpToolProvider implements ToolProvider {
    private final Connections connections;
    private final Optional<Tool> tool;

    HttpToolProvider(HttpSettings settings, GuardedResolver resolver, InstantSource clock) {
        this.connections = new Connections(settings, resolver);
        this.tool = settings.enabled() ? Optional.of(new HttpTool(settings, connections, clock)) : Optional.empty();
    }

    @Override
    public Optional<Tool> find(String name) {
        return name.equals(HttpTool.NAME) ? tool : Optional.empty();
    }

    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        return tool.map(Tool::descriptor).stream().toList();
    }

    @Override
    public boolean mayHave(String name) {
        return find(name).isPresent();
    }

    @Override
    public List<String> knownNames() {
        return tool.isPresent() ? List.of(HttpTool.NAME) : List.of();
    }

    @Override
    public void close() {
        connections.close();
    }
}
