package dev.ropewalk.format.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values in the form in which the schema library wants them.
final class Nodes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Nodes() {}

    static JsonNode of(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Long number -> NODES.numberNode(number);
            case Integer number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case BigInteger number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode node = NODES.objectNode();
                map.forEach((key, each) -> node.set(String.valueOf(key), of(each)));
                yield node;
            }
            case List<?> list -> {
                ArrayNode node = NODES.arrayNode(list.size());
                list.forEach(each -> node.add(of(each)));
                yield node;
            }
            default -> throw new IllegalArgumentException(value.getClass().getTypeName() + " is not a value of JSON");
        };
    }
}
