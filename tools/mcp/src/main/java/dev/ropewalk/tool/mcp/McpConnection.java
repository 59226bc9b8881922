package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientSession;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// One life of a server, from its start until it is closed or lost: the SDK's session over a wire, and
/// what the session does not do: requests that fail at once when the server is gone, and that are
/// cancelled at the server when nobody waits any more. Many threads may send requests at once.
final class McpConnection implements AutoCloseable {
    /// Requests end by our own rules; the session wants a limit nevertheless.
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private static final Duration PING = Duration.ofSeconds(5);

    private static final TypeRef<Map<String, @Nullable Object>> OBJECT = new TypeRef<>() {};

    private final ServerSettings server;
    private final Wire wire;
    private final PendingRequests pending = new PendingRequests();
    private final AtomicReference<@Nullable ToolException> end = new AtomicReference<>();
    private final Incoming incoming;
    private final SessionTransport transport;
    private final McpClientSession session;
    private final Consumer<ToolException> whenLost;
    private final long created = System.nanoTime();
    private volatile boolean started;
    private final AtomicBoolean toolsChanged = new AtomicBoolean();
    private final AtomicBoolean pinging = new AtomicBoolean();
    private volatile boolean offersTools;

    /// @param whenLost told once if the server is lost after it was started
    McpConnection(ServerSettings server, Wire wire, Consumer<ToolException> whenLost) {
        this.server = server;
        this.wire = wire;
        this.whenLost = whenLost;
        this.transport = new SessionTransport(server.name(), wire, pending);
        this.incoming = new Incoming(server.name(), pending, transport, this::toolsChanged, this::lost);
        this.session = new McpClientSession(
                NO_LIMIT,
                transport,
                Map.of(McpSchema.METHOD_PING, _ -> Mono.just(Map.of())),
                Map.of(),
                connect -> connect);
    }

    /// Starts the server and agrees with it on the protocol.
    void open() throws ToolException, InterruptedException {
        wire.open(incoming);
        List<String> versions = transport.protocolVersions();
        Map<String, Object> hello = Map.of(
                "protocolVersion",
                versions.getLast(),
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "ropewalk", "version", version()));
        Map<String, @Nullable Object> answer = request(McpSchema.METHOD_INITIALIZE, _ -> hello, null);
        String version = String.valueOf(answer.get("protocolVersion"));
        if (!versions.contains(version)) {
            throw Failures.unknownProtocol(server.name(), version, versions);
        }
        offersTools = answer.get("capabilities") instanceof Map<?, ?> capabilities && capabilities.get("tools") != null;
        wire.agreed(version);
        notify(McpSchema.METHOD_NOTIFICATION_INITIALIZED, null);
    }

    /// The start is over: what takes time now is no longer limited by the start timeout.
    void started() throws ToolException {
        started = true;
        throwIfEnded();
    }

    private static String version() {
        return Optional.ofNullable(McpConnection.class.getPackage().getImplementationVersion())
                .orElse("0");
    }

    /// Whether the server has said that its tools changed; forgets it.
    boolean takeToolsChanged() {
        return toolsChanged.getAndSet(false);
    }

    void toolsChanged() {
        toolsChanged.set(true);
    }

    boolean offersTools() {
        return offersTools;
    }

    boolean hasEnded() {
        return end.get() != null;
    }

    /// One page of the list of tools.
    ///
    /// @param cursor where the page starts; null for the first one
    Map<String, @Nullable Object> listTools(@Nullable Object cursor) throws ToolException, InterruptedException {
        return request(McpSchema.METHOD_TOOLS_LIST, _ -> cursor == null ? Map.of() : Map.of("cursor", cursor), null);
    }

    /// Calls a tool for an attempt.
    ///
    /// @return the result as the server sent it
    /// @throws InterruptedException if the attempt was told to stop; the server has been told as well
    Map<String, @Nullable Object> callTool(String tool, ToolCall call) throws ToolException, InterruptedException {
        return request(
                McpSchema.METHOD_TOOLS_CALL,
                request -> Map.of(
                        "name",
                        tool,
                        "arguments",
                        call.arguments(),
                        "_meta",
                        Map.of(
                                "progressToken",
                                request.token(),
                                "ropewalk/idempotencyKey",
                                call.idempotencyKey(),
                                "ropewalk/attempt",
                                call.attempt())),
                call);
    }

    private Map<String, @Nullable Object> request(
            String method, java.util.function.Function<PendingRequest, Object> params, @Nullable ToolCall call)
            throws ToolException, InterruptedException {
        PendingRequest request = pending.begin(call);
        try {
            throwIfEnded();
            send(request, method, params.apply(request));
            return call == null ? request.await(silence()) : cancellable(request, call);
        } catch (TimeoutException e) {
            if (!started) {
                throw Failures.startTimeout(server);
            }
            pingInBackground();
            throw Failures.timeout(server, method);
        } catch (CancellationException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            end(request, method);
        }
    }

    private Map<String, @Nullable Object> cancellable(PendingRequest request, ToolCall call)
            throws InterruptedException, TimeoutException, ExecutionException {
        try (ToolCall.Registration _ = call.onCancel(request::cancelled)) {
            return request.await(silence());
        }
    }

    /// A server that was silent for too long may be busy with that one request, or hang for good.
    private void pingInBackground() {
        if (pinging.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ropewalk-mcp-" + server.name() + "-ping").start(this::ping);
        }
    }

    private void ping() {
        PendingRequest ping = pending.begin(null);
        Duration patience = server.requestTimeout().compareTo(PING) < 0 ? server.requestTimeout() : PING;
        try {
            send(ping, McpSchema.METHOD_PING, Map.of());
            ping.await(patience);
        } catch (TimeoutException e) {
            lost(Failures.died(
                    server.name(),
                    "was ended, because it did not answer a ping within %d ms".formatted(patience.toMillis())));
        } catch (ExecutionException e) {
            // It has answered, or is lost already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(ping, McpSchema.METHOD_PING);
            pinging.set(false);
        }
    }

    private void send(PendingRequest request, String method, Object params) {
        var _ = session.sendRequest(method, params, OBJECT)
                .contextWrite(context -> context.put(PendingRequest.class, request))
                .toFuture()
                .whenComplete(request::settle);
    }

    private Duration silence() {
        return started ? server.requestTimeout() : server.startTimeout().minusNanos(System.nanoTime() - created);
    }

    private static InterruptedException stopped(Throwable cause) {
        InterruptedException stopped = new InterruptedException("told to stop");
        stopped.initCause(cause);
        return stopped;
    }

    private ToolException failure(@Nullable Throwable cause) {
        ToolException failure = switch (cause) {
            case ToolException shared -> Failures.again(shared);
            case McpError error -> Failures.jsonRpc(server.name(), error.getJsonRpcError());
            case null, default -> Failures.invalidAnswer(server.name(), String.valueOf(cause));
        };
        // Nothing more can be had from this connection, and the next use must not find it.
        if (failure.code().equals(Failures.SESSION_LOST) || failure.code().equals(Failures.UNAVAILABLE)) {
            lost(Failures.io(server.name(), "the connection was lost: " + failure.message()));
        }
        return failure;
    }

    /// Nobody waits for the request any more. If it still runs at the server, it is cancelled there; only
    /// the first exchange may not be.
    private void end(PendingRequest request, String method) {
        String id = request.id().orElse("");
        boolean unanswered = pending.answered(id);
        pending.end(request);
        if (!unanswered) {
            return;
        }
        transport.forget(id);
        if (!hasEnded() && !method.equals(McpSchema.METHOD_INITIALIZE)) {
            notify("notifications/cancelled", Map.of("requestId", id, "reason", "nobody waits for the answer"));
        }
        wire.abandon(id);
    }

    private void notify(String method, @Nullable Object params) {
        session.sendNotification(method, params).onErrorComplete().subscribe();
    }

    private void throwIfEnded() throws ToolException {
        ToolException ended = end.get();
        if (ended != null) {
            throw Failures.again(ended);
        }
    }

    /// Called by the wire's threads.
    private void lost(ToolException failure) {
        if (finish(failure)) {
            if (started) {
                whenLost.accept(failure);
            }
            Thread.ofVirtual().name("ropewalk-mcp-" + server.name() + "-end").start(wire::close);
        }
    }

    @Override
    public void close() {
        finish(Failures.unavailable(server.name(), "it was closed"));
        wire.close();
    }

    private boolean finish(ToolException reason) {
        boolean first = end.compareAndSet(null, reason);
        if (first) {
            pending.all().forEach(request -> request.failed(reason));
        }
        return first;
    }
}
