package dev.ropewalk.tool.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/// Puts a [Wire] under the SDK's session, and knows which of our requests became which message.
final class SessionTransport implements McpClientTransport {
    private final String server;
    private final Wire wire;
    private final JacksonMcpJsonMapper mapper;
    private final PendingRequests pending;
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> session = message -> message;

    SessionTransport(String server, Wire wire, MessageCodec codec, PendingRequests pending) {
        this.server = server;
        this.wire = wire;
        this.mapper = new JacksonMcpJsonMapper(codec.mapper());
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
            } catch (JacksonException e) {
                return Mono.error(Failures.notJson(server, e.getOriginalMessage()));
            }
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    /// Messages are waited for by the requests they belong to, so there is nothing to close gracefully.
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
