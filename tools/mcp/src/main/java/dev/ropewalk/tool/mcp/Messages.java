package dev.ropewalk.tool.mcp;

import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON-RPC messages as bytes. Values are read and written as everywhere in the engine: no digit is
/// lost, depth and size are bounded.
final class Messages {
    /// The engine reads no more than this at once.
    static final int LARGEST = 64 << 20;

    private Messages() {}

    /// On one line, without its end.
    ///
    /// @throws ValueException if something in the message is not JSON-like
    static byte[] write(JSONRPCMessage message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("jsonrpc", "2.0");
        switch (message) {
            case JSONRPCRequest request -> {
                json.put("id", request.id());
                json.put("method", request.method());
                json.put("params", request.params());
            }
            case JSONRPCNotification notification -> {
                json.put("method", notification.method());
                json.put("params", notification.params());
            }
            case JSONRPCResponse response -> {
                json.put("id", response.id());
                json.put("result", response.result());
                json.put("error", response.error() == null ? null : error(response.error()));
            }
            default -> throw new IllegalArgumentException("not a message of JSON-RPC: " + message.getClass());
        }
        json.values().removeIf(java.util.Objects::isNull);
        return Json.write(json, "message");
    }

    private static Map<String, @Nullable Object> error(JSONRPCError error) {
        return Map.of("code", error.code(), "message", String.valueOf(error.message()));
    }

    /// @throws ProtocolException if the bytes are not one JSON-RPC message
    static JSONRPCMessage read(byte[] bytes) throws ProtocolException {
        try {
            if (Json.read(bytes) instanceof Map<?, ?> json) {
                return message(json);
            }
        } catch (ValueException | IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
        throw new ProtocolException("not an object");
    }

    private static JSONRPCMessage message(Map<?, ?> json) throws ProtocolException {
        Object id = json.get("id");
        if (json.get("method") instanceof String method) {
            return id == null
                    ? new JSONRPCNotification("2.0", method, json.get("params"))
                    : new JSONRPCRequest("2.0", method, id, json.get("params"));
        }
        if (id == null) {
            throw new ProtocolException("neither a request, nor an answer to one");
        }
        if (json.get("error") instanceof Map<?, ?> error) {
            int code = error.get("code") instanceof Long number ? number.intValue() : -32603;
            return JSONRPCResponse.error(id, new JSONRPCError(code, String.valueOf(error.get("message"))));
        }
        return JSONRPCResponse.result(id, json.get("result"));
    }
}
