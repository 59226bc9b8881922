package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.value.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of a plan file as Java values, with every digit of every number, and as JSON.
final class NodeJson {

    private NodeJson() {}

    /// @param value of the kinds that [#value] gives, or a list or map of payloads
    static Payload payload(@Nullable Object value) {
        return Payload.of(Json.write(value), Payload.JSON);
    }

    static Payload payload(Node node) {
        return payload(value(node));
    }

    /// Maps (in the order written), lists, strings, booleans, null; whole numbers are `Long` or
    /// `BigInteger`, others `BigDecimal`.
    static @Nullable Object value(Node node) {
        return switch (node) {
            case Node.Scalar(Position _, Kind kind, String text) ->
                switch (kind) {
                    case TEXT -> text;
                    case BOOLEAN -> Boolean.valueOf(text);
                    case INTEGER -> wholeNumber(new BigInteger(text));
                    case DECIMAL -> new BigDecimal(text);
                    case NULL -> null;
                };
            case Node.Sequence(Position _, List<Node> items) -> {
                List<@Nullable Object> values = new ArrayList<>(items.size());
                items.forEach(item -> values.add(value(item)));
                yield Collections.unmodifiableList(values);
            }
            case Node.Mapping mapping -> map(mapping);
        };
    }

    static Map<String, @Nullable Object> map(Node.Mapping mapping) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> values.put(entry.key(), value(entry.value())));
        return Collections.unmodifiableMap(values);
    }

    private static Number wholeNumber(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
