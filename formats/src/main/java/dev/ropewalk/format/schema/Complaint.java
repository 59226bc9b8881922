package dev.ropewalk.format.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.ropewalk.plan.DidYouMean;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One problem in the words of a person who writes plans.
final class Complaint {

    private Complaint() {}

    static String of(Error error, JsonNode schema, String root) {
        String at = root + path(error.getInstanceLocation());
        String property = error.getProperty();
        return switch (error.getKeyword()) {
            case "required" -> "%s%s: is missing".formatted(at, key(property));
            case "additionalProperties", "unevaluatedProperties" -> {
                List<String> known = List.copyOf(siblings(error, schema).propertyNames());
                yield "%s%s: is not known here; %s"
                        .formatted(
                                at,
                                key(property),
                                DidYouMean.remedy(
                                        property,
                                        known,
                                        known.isEmpty() ? "remove it" : "there are " + DidYouMean.list(known)));
            }
            default -> "%s: %s".formatted(at, error.getMessage());
        };
    }

    private static String path(NodePath path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            text.append(element instanceof Integer index ? "[" + index + "]" : key(String.valueOf(element)));
        }
        return text.toString();
    }

    private static String key(String name) {
        boolean plain =
                !name.isEmpty() && name.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
        return plain ? "." + name : "[\"" + name + "\"]";
    }

    /// The `properties` that stand beside the keyword; nothing if the schema is elsewhere.
    private static JsonNode siblings(Error error, JsonNode schema) {
        NodePath place = error.getSchemaLocation().getFragment();
        JsonNode at = schema;
        for (int i = 0; i < place.getNameCount() - 1; i++) {
            Object element = place.getElement(i);
            at = element instanceof Integer index ? at.path(index) : at.path(String.valueOf(element));
        }
        return at.path("properties");
    }
}
