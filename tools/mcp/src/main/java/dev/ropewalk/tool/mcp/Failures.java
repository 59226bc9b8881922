package dev.ropewalk.tool.mcp;

import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.tool.ToolException;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How this family fails: every code in one place.
final class Failures {
    static final String SESSION_LOST = "MCP_SESSION_LOST";
    static final String UNAVAILABLE = "MCP_SERVER_UNAVAILABLE";

    /// Answers that the same request would get again: parse error, invalid request, unknown method,
    /// invalid parameters, unknown resource, "a person must open this URL first".
    private static final Set<Integer> PERMANENT_ERRORS = Set.of(-32700, -32600, -32601, -32602, -32002, -32042);

    private static final int SHOWN = 2_000;

    private Failures() {}

    static ToolException notConfigured(String server, Collection<String> configured) {
        String known = configured.isEmpty() ? "none is" : "there are " + String.join(", ", configured);
        return ToolException.permanent(
                "MCP_SERVER_NOT_CONFIGURED", """
                no MCP server "%s" is configured%s (%s). Name it in the configuration, for example:
                  tools:
                    mcp:
                      servers:
                        %s: { command: [program, argument] }""".formatted(server, hint(server, configured), known, server));
    }

    private static String hint(String name, Collection<String> known) {
        return DidYouMean.closest(name, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    static ToolException notAToolName(String name) {
        return ToolException.permanent(
                "TOOL_NOT_FOUND", "\"" + name + "\" does not name a tool; an MCP tool is mcp:<server>/<tool>");
    }

    static ToolException noSuchTool(ToolName name, Collection<String> tools) {
        String known = tools.isEmpty()
                ? "the server offers no tools"
                : tools.size() <= 20
                        ? "the server offers " + String.join(", ", tools)
                        : "the server offers " + tools.size() + " tools: `ropewalk tools` lists them";
        return ToolException.permanent(
                "TOOL_NOT_FOUND",
                "MCP server \"%s\" has no tool \"%s\"%s; %s"
                        .formatted(
                                name.server(), name.tool(), hint(name.tool(), tools), VisibleText.line(known, SHOWN)));
    }

    static ToolException toolChanged(ServerSettings server, ToolName name) {
        return ToolException.permanent(
                "MCP_TOOL_CHANGED",
                "MCP server \"%s\" has changed the definition of its tool \"%s\" since it was first listed here. Look at the new one with `ropewalk tools`, then start again to take it on, or set %s: accept to take on every change"
                        .formatted(server.name(), name.tool(), server.path("onToolChange")));
    }

    static ToolException tooManyTools(String server, int limit) {
        return ToolException.permanent(
                "MCP_TOO_MANY_TOOLS", "MCP server \"%s\" lists more than %d tools".formatted(server, limit));
    }

    static ToolException toolError(ToolName name, String text, @Nullable Object structured) {
        String said = text.isBlank() ? "the tool failed without saying why" : VisibleText.of(text.strip(), SHOWN);
        return ToolException.retryable("MCP_TOOL_ERROR", name + ": " + said)
                .withContext(structured == null ? Map.of() : Map.of("structured", structured));
    }

    static ToolException jsonRpc(String server, JSONRPCError error) {
        String code = "MCP_ERROR_" + Math.abs((long) error.code());
        String message = "MCP server \"%s\" answered with error %d: %s"
                .formatted(server, error.code(), VisibleText.of(String.valueOf(error.message()), SHOWN));
        return PERMANENT_ERRORS.contains(error.code())
                ? ToolException.permanent(code, message)
                : ToolException.retryable(code, message);
    }

    static ToolException invalidResult(ToolName name, String problem) {
        return ToolException.retryable("INVALID_OUTPUT", name + ": " + problem);
    }

    static ToolException invalidAnswer(String server, String problem) {
        return ToolException.retryable(
                "INVALID_OUTPUT",
                "MCP server \"%s\" answered what is no answer: %s".formatted(server, VisibleText.line(problem, 500)));
    }

    static ToolException notJson(String server, String problem) {
        return ToolException.permanent(
                "INVALID_ARGUMENTS", "MCP server \"%s\" cannot be sent these arguments: %s".formatted(server, problem));
    }

    static ToolException died(String server, String how) {
        return ToolException.retryable("MCP_SERVER_DIED", "MCP server \"%s\" %s".formatted(server, how));
    }

    static ToolException unavailable(String server, String why) {
        return ToolException.retryable(UNAVAILABLE, "MCP server \"%s\" is not available: %s".formatted(server, why));
    }

    static ToolException backingOff(String server, String lastFailure, Duration delay) {
        return unavailable(
                        server,
                        "it failed too often to start again at once, next try in %d ms; last failure: %s"
                                .formatted(delay.toMillis(), lastFailure))
                .withRetryAfter(delay);
    }

    static ToolException commandNotFound(ServerSettings server, String program, String searched) {
        return ToolException.permanent(
                "COMMAND_NOT_FOUND",
                "MCP server \"%s\" cannot be started: %s is \"%s\", which is not an executable file%s"
                        .formatted(server.name(), server.path("command[0]"), program, searched));
    }

    static ToolException unknownProtocol(String server, String version, Collection<String> known) {
        return ToolException.permanent(
                "MCP_PROTOCOL_VERSION",
                "MCP server \"%s\" speaks protocol version %s; known here are %s"
                        .formatted(server, VisibleText.line(version, 40), String.join(", ", known)));
    }

    static ToolException timeout(ServerSettings server, String what) {
        return ToolException.retryable(
                "TIMEOUT",
                "MCP server \"%s\" was silent for %d ms while it worked on %s (%s)"
                        .formatted(
                                server.name(),
                                server.requestTimeout().toMillis(),
                                what,
                                server.path("requestTimeout")));
    }

    static ToolException startTimeout(ServerSettings server) {
        return unavailable(
                server.name(),
                "it was not ready within %d ms (%s)"
                        .formatted(server.startTimeout().toMillis(), server.path("startTimeout")));
    }

    static ToolException httpStatus(String server, int status, boolean retryable, String problem) {
        String code = "HTTP_" + status;
        String message = "MCP server \"%s\": %s".formatted(server, problem);
        return retryable ? ToolException.retryable(code, message) : ToolException.permanent(code, message);
    }

    static ToolException addressDenied(ServerSettings server, String problem) {
        return ToolException.permanent(
                "ADDRESS_DENIED",
                "MCP server \"%s\": %s; if this is meant, set %s: true"
                        .formatted(server.name(), problem, server.path("allowPrivateAddresses")));
    }

    static ToolException io(String server, String what) {
        return ToolException.retryable("IO", "MCP server \"%s\": %s".formatted(server, what));
    }

    static ToolException sessionLost(String server) {
        return ToolException.retryable(SESSION_LOST, "MCP server \"%s\" no longer knows the session".formatted(server));
    }

    static ToolException interrupted(String server) {
        return ToolException.retryable(
                "INTERRUPTED", "told to stop while MCP server \"%s\" was starting".formatted(server));
    }

    /// A failure that many callers share, as one of their own.
    static ToolException again(ToolException shared) {
        return shared.causedBy(shared);
    }
}
