package dev.ropewalk.tool.mcp;

import dev.ropewalk.value.ValueException;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/// Puts a [Wire] under the SDK's session, and knows which of our requests became which message.
final class SessionTransport implements McpClientTransport {
    private final String server;
    private final Wire wire;
    private final PendingRequests pending;
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> session = message -> message;

    SessionTransport(String server, Wire wire, PendingRequests pending) {
        this.server = server;
        this.wire = wire;
        this.pending = pending;
    }

    /// The wire is opened before there is a session, because the SDK only logs a failure to connect.
    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        session = handler;
        return Mono.empty();
    }

    /// Hands a message to the session, which has dealt with it when this returns.
    void deliver(JSONRPCMessage message) {
        session.apply(Mono.just(message)).subscribe();
    }

    /// Lets the session forget a request that will have no answer; it would keep it otherwise.
    void forget(String requestId) {
        deliver(JSONRPCResponse.result(requestId, Map.of()));
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.deferContextual(context -> {
            if (message instanceof JSONRPCRequest request) {
                PendingRequest ours = context.get(PendingRequest.class);
                pending.sent(ours, (String) request.id());
            }
            try {
                return wire.send(message)
                        ? Mono.empty()
                        : Mono.error(Failures.unavailable(server, "it does not read what is sent to it"));
            } catch (ValueException e) {
                return Mono.error(Failures.notJson(server, String.valueOf(e.getMessage())));
            }
        });
    }

    /// We ask for nothing but objects as they are, so no JSON library is bound to Java classes here.
    @Override
    @SuppressWarnings("unchecked") // of T we know from our only caller that it is this map
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        if (data instanceof Map<?, ?>) {
            return (T) data;
        }
        throw new IllegalArgumentException("the result is not an object");
    }

    /// Messages are waited for by the requests they belong to, so there is nothing to close gracefully.
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
