package dev.ropewalk.tool.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/// What comes back for one request, or for none when the server is only listened to: one message, or a
/// stream of events that may be taken up again where it ended. Used by one thread.
final class HttpAnswer {
    private final Optional<String> request;
    private final HttpChannel http;
    private final Wire.Inbox inbox;
    private final int maxMessageBytes;
    private Optional<String> lastEventId = Optional.empty();
    private Duration pause = Duration.ofSeconds(1);
    private boolean complete;

    /// @param request the id of the request; empty if none was made
    HttpAnswer(Optional<String> request, HttpChannel http, Wire.Inbox inbox, int maxMessageBytes) {
        this.request = request;
        this.http = http;
        this.inbox = inbox;
        this.maxMessageBytes = maxMessageBytes;
    }

    /// Hands on what comes until the request is answered, or the stream ends.
    void read(ClassicHttpResponse response) throws IOException, ProtocolException {
        HttpEntity entity = response.getEntity();
        ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
        if (entity == null || type == null) {
            return;
        }
        if (type.isSameMimeType(ContentType.APPLICATION_JSON)) {
            hand(http.body(entity));
        } else if (type.isSameMimeType(ContentType.TEXT_EVENT_STREAM)) {
            readEvents(entity);
        } else {
            throw new ProtocolException("content of type " + type.getMimeType());
        }
    }

    private void readEvents(HttpEntity entity) throws IOException, ProtocolException {
        SseReader events = new SseReader(entity.getContent(), maxMessageBytes);
        try {
            for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
                hand(event.get());
                if (complete) {
                    return;
                }
            }
        } finally {
            lastEventId = events.lastId().or(() -> lastEventId);
            pause = events.retry().orElse(pause);
        }
    }

    private void hand(byte[] json) throws ProtocolException {
        JSONRPCMessage message = Messages.read(json);
        complete |= message instanceof JSONRPCResponse response
                && request.filter(id -> id.equals(response.id())).isPresent();
        inbox.received(message, request);
    }

    /// Whether the request has been answered.
    boolean isComplete() {
        return complete;
    }

    /// The event after which the stream can be taken up again, if the server numbers its events.
    Optional<String> lastEventId() {
        return lastEventId;
    }

    /// How long to wait before that.
    Duration pause() {
        return pause;
    }
}
