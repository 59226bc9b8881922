package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One configured server: started when it is first used, shared by all calls, started again when it was
/// lost and is used again. Of many callers who find it stopped, one starts it and all wait for the same
/// outcome.
final class McpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);

    private final ServerSettings settings;
    private final Supplier<Wire> wires;
    private final RestartPolicy restarts;
    private final ToolCatalog catalog;
    private final ReentrantLock refreshing = new ReentrantLock();
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable CompletableFuture<McpConnection> current; // guarded by starting
    private @Nullable Thread starter; // guarded by starting
    private volatile @Nullable ToolException lastFailure;
    private boolean closed; // guarded by starting

    McpServer(ServerSettings settings, Supplier<Wire> wires, RestartPolicy restarts) {
        this.settings = settings;
        this.wires = wires;
        this.restarts = restarts;
        this.catalog = new ToolCatalog(settings);
    }

    /// The tool, listed by the server now.
    McpTool tool(ToolName name) throws ToolException, InterruptedException {
        ready();
        return new McpTool(this, catalog.require(name));
    }

    ToolCatalog listed() throws ToolException, InterruptedException {
        ready();
        return catalog;
    }

    /// As it was listed last, perhaps never.
    ToolCatalog known() {
        return catalog;
    }

    ToolResult call(ToolName name, ToolCall call) throws ToolException, InterruptedException {
        try {
            return callOnce(name, call);
        } catch (ToolException e) {
            // The server did not take the request, because it has forgotten the session: with a new
            // session this is still the same attempt.
            if (e.code().equals(Failures.SESSION_LOST)) {
                return callOnce(name, call);
            }
            throw e;
        }
    }

    private ToolResult callOnce(ToolName name, ToolCall call) throws ToolException, InterruptedException {
        McpConnection connection = ready();
        catalog.require(name);
        Map<String, @Nullable Object> answer = connection.callTool(name.tool(), call);
        restarts.succeeded();
        return CallResult.of(name, answer);
    }

    /// The server, running, with its tools known.
    private McpConnection ready() throws ToolException, InterruptedException {
        McpConnection connection = connection();
        refreshing.lockInterruptibly();
        try {
            if (connection.takeToolsChanged()) {
                list(connection);
            }
        } finally {
            refreshing.unlock();
        }
        return connection;
    }

    private McpConnection connection() throws ToolException, InterruptedException {
        try {
            return startedOrStarting().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ToolException shared
                    ? Failures.again(shared)
                    : Failures.unavailable(settings.name(), String.valueOf(e.getCause()));
        }
    }

    private CompletableFuture<McpConnection> startedOrStarting() throws ToolException {
        starting.lock();
        try {
            if (closed) {
                throw Failures.unavailable(settings.name(), "it was closed");
            }
            CompletableFuture<McpConnection> usable = current;
            if (usable != null && !isOver(usable)) {
                return usable;
            }
            Optional<Duration> delay = restarts.delay();
            ToolException reason = lastFailure;
            if (delay.isPresent() && reason != null) {
                throw reason.isRetryable()
                        ? Failures.backingOff(settings.name(), reason.message(), delay.get())
                        : Failures.again(reason);
            }
            CompletableFuture<McpConnection> next = new CompletableFuture<>();
            current = next;
            starter = Thread.ofVirtual()
                    .name("ropewalk-mcp-" + settings.name() + "-start")
                    .start(() -> start(next));
            return next;
        } finally {
            starting.unlock();
        }
    }

    private static boolean isOver(CompletableFuture<McpConnection> connection) {
        return connection.isCompletedExceptionally()
                || (connection.isDone() && connection.resultNow().hasEnded());
    }

    private void start(CompletableFuture<McpConnection> outcome) {
        McpConnection connection = new McpConnection(settings, wires.get(), this::failed);
        try {
            connection.open();
            list(connection);
            connection.started();
            outcome.complete(connection);
        } catch (ToolException e) {
            failed(e);
            connection.close();
            outcome.completeExceptionally(e);
        } catch (InterruptedException e) {
            connection.close();
            outcome.completeExceptionally(Failures.unavailable(settings.name(), "it was closed"));
        } catch (RuntimeException e) {
            LOG.error("Starting an MCP server failed in an unforeseen way server={}", settings.name(), e);
            failed(Failures.unavailable(settings.name(), String.valueOf(e)));
            connection.close();
            outcome.completeExceptionally(e);
        }
    }

    private void failed(ToolException failure) {
        LOG.warn("MCP server failed server={} code={} problem={}", settings.name(), failure.code(), failure.message());
        lastFailure = failure;
        restarts.failed();
    }

    private void list(McpConnection connection) throws ToolException, InterruptedException {
        if (!connection.offersTools()) {
            catalog.replace(List.of());
            return;
        }
        try {
            List<ToolDefinition> listed = new ArrayList<>();
            Set<Object> seen = new HashSet<>();
            Object cursor = null;
            do {
                Map<String, @Nullable Object> page = connection.listTools(cursor);
                page(page).forEach(listed::add);
                if (listed.size() > ToolCatalog.MOST_TOOLS) {
                    throw Failures.tooManyTools(settings.name(), ToolCatalog.MOST_TOOLS);
                }
                cursor = page.get("nextCursor");
            } while (cursor != null && seen.add(cursor) && seen.size() < ToolCatalog.MOST_TOOLS);
            catalog.replace(listed);
        } catch (ToolException | InterruptedException e) {
            connection.toolsChanged(); // and must be listed before the next use
            throw e;
        }
    }

    private List<ToolDefinition> page(Map<String, @Nullable Object> page) {
        List<ToolDefinition> tools = new ArrayList<>();
        if (page.get("tools") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> definition) {
                    ToolDefinition.of(settings.name(), Section.strings(definition))
                            .ifPresent(tools::add);
                }
            }
        }
        return tools;
    }

    /// Ends the server, even while it starts.
    @Override
    public void close() {
        CompletableFuture<McpConnection> last;
        starting.lock();
        try {
            closed = true;
            last = current;
            if (starter != null) {
                starter.interrupt();
            }
        } finally {
            starting.unlock();
        }
        if (last != null) {
            last.handle((connection, _) -> connection)
                    .thenAccept(connection -> {
                        if (connection != null) {
                            connection.close();
                        }
                    })
                    .join();
        }
    }
}
