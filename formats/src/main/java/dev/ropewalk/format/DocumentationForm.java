package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.Documentation;
import dev.ropewalk.plan.Payload;
import java.util.List;
import java.util.Optional;

/// Reads `name`, `description`, `tags` and `metadata`, which plans, steps and tasks have alike. None of
/// them is evaluated.
final class DocumentationForm {

    private DocumentationForm() {}

    static Documentation read(Fields fields, Form form) {
        return read(fields.find("name").flatMap(form::text), fields, form);
    }

    static Documentation read(Optional<String> name, Fields fields, Form form) {
        Optional<String> description = fields.find("description").flatMap(form::text);
        List<String> tags = fields.find("tags").map(form::texts).orElse(List.of());
        Optional<Payload> metadata = fields.find("metadata").flatMap(field -> map(field, form));
        boolean none = name.isEmpty() && description.isEmpty() && tags.isEmpty() && metadata.isEmpty();
        return none
                ? Documentation.NONE
                : new Documentation(
                        name.orElse(""), description.orElse(""), tags, metadata.orElse(Payload.EMPTY_OBJECT));
    }

    private static Optional<Payload> map(Field field, Form form) {
        if (field.node() instanceof Node.Mapping mapping) {
            return Optional.of(NodeJson.payload(mapping));
        }
        form.wrongType(field, "metadata is a map", "write a map of your own");
        return Optional.empty();
    }
}
