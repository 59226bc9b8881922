package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The tools of all configured servers. Light until a tool is used: only then is the protocol's code
/// loaded and a server started.
final class McpToolProvider implements ToolProvider {
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(1);
    private static final String FAMILY_MARK = "mcp/";

    private final Map<String, ServerSettings> settings;
    private final Map<String, String> environment;
    private final Map<String, McpServer> servers = new LinkedHashMap<>(); // guarded by this
    private volatile String markPrefix = FAMILY_MARK;
    private boolean closed; // guarded by this

    McpToolProvider(Map<String, ServerSettings> settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Optional<Tool> find(String name) throws ToolException {
        if (!name.startsWith(ToolName.PREFIX)) {
            return Optional.empty();
        }
        ToolName wanted = ToolName.parse(name).orElseThrow(() -> Failures.notAToolName(name));
        ServerSettings configured = settings.get(wanted.server());
        if (configured == null) {
            throw Failures.notConfigured(wanted.server(), settings.keySet());
        }
        try {
            return Optional.of(server(configured).tool(wanted));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(wanted.server()).causedBy(e);
        }
    }

    private synchronized McpServer server(ServerSettings configured) throws ToolException {
        if (closed) {
            throw Failures.unavailable(configured.name(), "it was closed");
        }
        return servers.computeIfAbsent(configured.name(), _ -> {
            RestartPolicy restarts = new RestartPolicy(System::nanoTime, RandomGenerator.getDefault());
            return new McpServer(configured, () -> wire(configured), restarts);
        });
    }

    private Wire wire(ServerSettings configured) {
        return switch (configured.endpoint()) {
            case ServerSettings.Command command -> new StdioWire(configured, command, environment, markPrefix);
            case ServerSettings.Url url -> new HttpWire(configured, url);
        };
    }

    /// Asks all servers at once.
    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        List<ToolDescriptor> tools = Collections.synchronizedList(new ArrayList<>());
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        atOnce("list", settings.values(), configured -> list(configured, tools, found));
        found.stream().sorted().forEach(problems);
        return tools.stream()
                .sorted(java.util.Comparator.comparing(ToolDescriptor::name))
                .toList();
    }

    private void list(ServerSettings configured, List<ToolDescriptor> tools, List<String> problems) {
        try {
            ToolCatalog catalog = server(configured).listed();
            for (ToolDefinition tool : catalog.all()) {
                if (catalog.hasChanged(tool)) {
                    problems.add(Failures.toolChanged(configured, tool.name()).message());
                } else {
                    tools.add(tool.descriptor());
                }
            }
        } catch (ToolException e) {
            problems.add(e.message());
        } catch (InterruptedException e) {
            problems.add(Failures.interrupted(configured.name()).message());
        }
    }

    @Override
    public boolean mayHave(String name) {
        return ToolName.parse(name)
                .filter(tool -> settings.containsKey(tool.server()))
                .isPresent();
    }

    @Override
    public synchronized List<String> knownNames() {
        return servers.values().stream()
                .flatMap(server -> server.known().all().stream())
                .map(tool -> tool.name().toString())
                .toList();
    }

    @Override
    public void endOrphans(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("the prefix of the marks of orphans must not be empty");
        }
        markPrefix = prefix + FAMILY_MARK;
        List<ProcessHandle> orphans = ProcessFamily.marked(markPrefix);
        ProcessFamily.end(orphans, ORPHAN_GRACE);
    }

    @Override
    public void close() {
        List<McpServer> started;
        synchronized (this) {
            closed = true;
            started = List.copyOf(servers.values());
        }
        atOnce("close", started, McpServer::close);
    }

    private static <T> void atOnce(String what, Iterable<T> items, Consumer<T> work) {
        List<Thread> threads = new ArrayList<>();
        for (T item : items) {
            threads.add(Thread.ofVirtual().name("ropewalk-mcp-" + what).start(() -> work.accept(item)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
