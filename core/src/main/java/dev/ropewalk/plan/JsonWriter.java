package dev.ropewalk.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes Java values as JSON. Reading JSON is not the core's business; writing it is a page, and lets a
/// plan be built in Java without a JSON library.
///
/// The entries of a map without an order are sorted by key, so that the same plan has the same bytes in
/// every JVM.
final class JsonWriter {

    /// As deep as JSON is read.
    static final int MAX_DEPTH = 128;

    private final StringBuilder json = new StringBuilder();

    private JsonWriter() {}

    /// @param at where the value stands, for the message
    /// @throws IllegalArgumentException if JSON has no such value
    static String write(@Nullable Object value, Location at) {
        JsonWriter writer = new JsonWriter();
        writer.value(value, at, 0);
        return writer.json.toString();
    }

    private void value(@Nullable Object value, Location at, int depth) {
        checkDepth(depth, at);
        switch (value) {
            case null -> json.append("null");
            case String text -> string(text);
            case Boolean truth -> json.append(truth);
            case Integer _, Long _, Short _, Byte _, BigInteger _, BigDecimal _ -> json.append(value);
            case Double number when Double.isFinite(number) -> json.append(number);
            case Float number when Float.isFinite(number) -> json.append(number);
            case List<?> list -> list(list, at, depth);
            case Map<?, ?> map -> map(map, at, depth);
            case Payload payload when payload.contentType().equals(Payload.JSON) -> json.append(payload.text());
            default -> throw refused(value, at);
        }
    }

    static void checkDepth(int depth, Location at) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the value%s is nested deeper than %d levels; does it contain itself?"
                    .formatted(where(at.outermost()), MAX_DEPTH));
        }
    }

    private void list(List<?> list, Location at, int depth) {
        json.append('[');
        int index = 0;
        for (Object item : list) {
            json.append(index == 0 ? "" : ",");
            value(item, at.index(index++), depth + 1);
        }
        json.append(']');
    }

    private void map(Map<?, ?> map, Location at, int depth) {
        json.append('{');
        boolean first = true;
        for (Map.Entry<String, ?> entry : inOrder(map, at).entrySet()) {
            json.append(first ? "" : ",");
            first = false;
            string(entry.getKey());
            json.append(':');
            value(entry.getValue(), at.key(entry.getKey()), depth + 1);
        }
        json.append('}');
    }

    /// The map in an order that does not depend on the JVM.
    static Map<String, ?> inOrder(Map<?, ?> map, Location at) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new IllegalArgumentException("the map%s has the key %s, and keys are strings"
                        .formatted(where(at), key == null ? "null" : "of " + key.getClass()));
            }
        }
        @SuppressWarnings("unchecked") // checked above
        Map<String, ?> checked = (Map<String, ?>) map;
        return checked instanceof SequencedMap ? checked : new TreeMap<>(checked);
    }

    private static IllegalArgumentException refused(Object value, Location at) {
        String what =
                value instanceof Double || value instanceof Float ? value.toString() : "value of " + value.getClass();
        return new IllegalArgumentException("JSON has no %s%s; give a Map, List, String, finite number, Boolean or null"
                .formatted(what, where(at)));
    }

    private static String where(Location at) {
        String path = at.toString();
        return path.isEmpty() ? "" : " at " + path;
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || isUnpaired(text, i)) {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    /// Half a character has no UTF-8, but it has an escape.
    private static boolean isUnpaired(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
