package dev.ropewalk.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry of an engine, which owns the families in it. Where two families have a tool of the same
/// name, that of the first is called.
public final class StandardToolRegistry implements ToolRegistry, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StandardToolRegistry.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final Map<String, Tool> tools = new ConcurrentHashMap<>();
    private final List<ToolProvider> families = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public void register(String name, ToolFunction function) {
        register(new FunctionTool(ToolDescriptor.of(name, ""), function));
    }

    @Override
    public void register(Tool tool) {
        String name = tool.descriptor().name();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a tool cannot be named \"%s\"; use a letter and then up to 63 letters, digits, _ or -"
                            .formatted(name));
        }
        failIfClosed();
        boolean taken = families.stream().anyMatch(family -> family.mayHave(name));
        if (taken || tools.putIfAbsent(name, tool) != null) {
            throw new IllegalArgumentException("there is a tool \"%s\" already; choose another name".formatted(name));
        }
    }

    @Override
    public void add(ToolProvider provider) {
        failIfClosed();
        families.add(provider);
    }

    @Override
    public Optional<Tool> find(String name) throws ToolException {
        Tool registered = tools.get(name);
        if (registered != null) {
            return Optional.of(registered);
        }
        for (ToolProvider family : families) {
            Optional<Tool> tool = family.find(name);
            if (tool.isPresent()) {
                return tool;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean mayHave(String name) {
        return tools.containsKey(name) || families.stream().anyMatch(family -> family.mayHave(name));
    }

    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        Map<String, ToolDescriptor> found = new TreeMap<>();
        tools.forEach((name, tool) -> found.put(name, tool.descriptor()));
        for (ToolProvider family : families) {
            for (ToolDescriptor descriptor : family.list(problems)) {
                found.putIfAbsent(descriptor.name(), descriptor);
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public List<String> knownNames() {
        Collection<String> names = new TreeSet<>(tools.keySet());
        families.forEach(family -> names.addAll(family.knownNames()));
        return List.copyOf(names);
    }

    /// As [ToolProvider#endOrphans], of every family.
    public void endOrphans(String markPrefix) {
        families.forEach(family -> family.endOrphans(markPrefix));
    }

    /// Ends what the families started, the last one added first; what one of them throws does not keep
    /// the others from it.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (ToolProvider family : new ArrayList<>(families).reversed()) {
            try {
                family.close();
            } catch (RuntimeException e) {
                log.warn("Family of tools not closed family={}", family, e);
            }
        }
    }

    private void failIfClosed() {
        if (closed) {
            throw new IllegalStateException("the engine is closed; its tools cannot be changed any more");
        }
    }
}
