package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The requests of one connection that wait for an answer. An answer to any other id is nobody's: it
/// came twice, too late, or was never asked for.
final class PendingRequests {
    private final Map<String, PendingRequest> byToken = new ConcurrentHashMap<>();
    private final Map<String, PendingRequest> byId = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();

    PendingRequest begin(@Nullable ToolCall call) {
        PendingRequest request = new PendingRequest("p" + tokens.incrementAndGet(), call);
        byToken.put(request.token(), request);
        return request;
    }

    void sent(PendingRequest request, String id) {
        request.sentAs(id);
        byId.put(id, request);
    }

    /// Whether somebody waited for an answer with this id; from now on nobody does.
    boolean answered(@Nullable Object id) {
        return id instanceof String text && byId.remove(text) != null;
    }

    void end(PendingRequest request) {
        byToken.remove(request.token());
        request.id().ifPresent(byId::remove);
    }

    Optional<PendingRequest> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<PendingRequest> withToken(@Nullable Object token) {
        return token instanceof String text ? Optional.ofNullable(byToken.get(text)) : Optional.empty();
    }

    /// The request that the server works on, if it is the only one.
    Optional<PendingRequest> only() {
        return byToken.size() == 1 ? byToken.values().stream().findFirst() : Optional.empty();
    }

    List<PendingRequest> all() {
        return new ArrayList<>(byToken.values());
    }
}
