package dev.ropewalk.tool.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON-RPC messages as bytes, within limits: one message has at most `maxMessageBytes`, and nests
/// at most 128 levels.
final class MessageCodec {
    private static final int MAX_DEPTH = 128;
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper mapper;
    private final ObjectWriter ordered;

    MessageCodec(int maxMessageBytes) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(maxMessageBytes)
                .build();
        this.mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.ordered = mapper.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    JsonMapper mapper() {
        return mapper;
    }

    /// On one line, without its end.
    byte[] write(JSONRPCMessage message) {
        return mapper.writeValueAsBytes(message);
    }

    String text(Object value) {
        return mapper.writeValueAsString(value);
    }

    /// The same JSON for equal values: the keys of objects are in order.
    byte[] canonical(Object value) {
        return ordered.writeValueAsBytes(value);
    }

    /// @throws ProtocolException if the bytes are not one JSON-RPC message
    JSONRPCMessage read(byte[] bytes) throws ProtocolException {
        try {
            return message(mapper.readValue(bytes, OBJECT));
        } catch (JacksonException e) {
            throw new ProtocolException(e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    private static JSONRPCMessage message(@Nullable Map<String, @Nullable Object> json) throws ProtocolException {
        if (json == null) {
            throw new ProtocolException("null is not a message");
        }
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
            return JSONRPCResponse.error(id, error(error));
        }
        return JSONRPCResponse.result(id, json.get("result"));
    }

    private static JSONRPCError error(Map<?, ?> error) {
        int code = error.get("code") instanceof Number number ? number.intValue() : -32603;
        return new JSONRPCError(code, String.valueOf(error.get("message")), error.get("data"));
    }
}
