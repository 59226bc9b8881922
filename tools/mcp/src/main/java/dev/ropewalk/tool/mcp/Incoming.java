package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.ToolException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sorts what a server sends. The SDK's session gets the answers that somebody waits for, and the
/// server's own requests, of which it knows only `ping`: sampling, elicitation and roots are refused as
/// unknown methods. Notifications are dealt with here, on the thread that read them, so that they never
/// pile up.
final class Incoming implements Wire.Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int LONGEST_PROGRESS = 500;
    private static final int LONGEST_LOG = 8_000;

    private final String server;
    private final PendingRequests pending;
    private final SessionTransport session;
    private final Runnable toolsChanged;
    private final Consumer<ToolException> lost;

    /// @param toolsChanged told when the server says that its tools have changed
    /// @param lost told when the server is gone
    Incoming(
            String server,
            PendingRequests pending,
            SessionTransport session,
            Runnable toolsChanged,
            Consumer<ToolException> lost) {
        this.server = server;
        this.pending = pending;
        this.session = session;
        this.toolsChanged = toolsChanged;
        this.lost = lost;
    }

    @Override
    public void received(JSONRPCMessage message, Optional<String> request) {
        switch (message) {
            case JSONRPCResponse response
            when !pending.answered(response.id()) ->
                LOG.debug("MCP server answered what nobody waits for server={}", server);
            case JSONRPCNotification notification -> notified(notification, request);
            default -> session.deliver(message);
        }
    }

    @Override
    public void failed(String requestId, ToolException failure) {
        pending.withId(requestId).ifPresent(request -> request.failed(failure));
    }

    @Override
    public void lost(ToolException failure) {
        lost.accept(failure);
    }

    private void notified(JSONRPCNotification notification, Optional<String> request) {
        Map<?, ?> params = notification.params() instanceof Map<?, ?> map ? map : Map.of();
        try {
            switch (notification.method()) {
                case McpSchema.METHOD_NOTIFICATION_PROGRESS -> progress(params);
                case McpSchema.METHOD_NOTIFICATION_MESSAGE -> log(params, request);
                case McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED -> toolsChanged.run();
                default ->
                    LOG.debug(
                            "MCP server sent a notification that is not used server={} method={}",
                            server,
                            VisibleText.line(notification.method(), 100));
            }
        } catch (RuntimeException e) {
            LOG.warn("Passing on a notification of an MCP server failed server={}", server, e);
        }
    }

    private void progress(Map<?, ?> params) {
        pending.withToken(params.get("progressToken"))
                .ifPresent(request -> request.progress(
                        number(params.get("progress")) / number(params.get("total")),
                        params.get("message") instanceof String message
                                ? VisibleText.line(message, LONGEST_PROGRESS)
                                : ""));
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /// A log message names no request. It belongs to the one in whose answer it came, or to the only one
    /// that the server works on; otherwise nobody can say.
    private void log(Map<?, ?> params, Optional<String> request) {
        String level = String.valueOf(params.get("level"));
        String logger = params.get("logger") instanceof String name ? name + ": " : "";
        String text = VisibleText.of(logger + params.get("data"), LONGEST_LOG);
        request.flatMap(pending::withId)
                .or(pending::only)
                .flatMap(PendingRequest::call)
                .ifPresentOrElse(
                        call -> call.log(level(level), text),
                        () -> LOG.debug("MCP server logged server={} level={} message={}", server, level, text));
    }

    private static MessageLevel level(String level) {
        return switch (level) {
            case "debug" -> MessageLevel.DEBUG;
            case "warning" -> MessageLevel.WARNING;
            case "error", "critical", "alert", "emergency" -> MessageLevel.ERROR;
            default -> MessageLevel.INFO;
        };
    }
}
