package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads `variables`: `name: default`, whose type is that of the default, or `name: {type, default,
/// required, description}`.
final class VariablesForm {

    private static final SequencedMap<String, VariableType> TYPES =
            Words.of(VariableType.values(), type -> type.name().toLowerCase(Locale.ROOT));

    private final Form form;
    private final Templates templates;

    VariablesForm(Form form) {
        this.form = form;
        this.templates = new Templates(form);
    }

    List<Variable> read(Field field) {
        if (!(field.node() instanceof Node.Mapping(Position _, List<Node.Entry> entries))) {
            form.wrongType(field, "variables are a map", "write `name: default` for each");
            form.breakOff();
            return List.of();
        }
        List<Variable> variables = new ArrayList<>();
        for (Node.Entry entry : entries) {
            variables.add(variable(entry.key(), field.entry(entry)));
        }
        return variables;
    }

    private Variable variable(String name, Field field) {
        if (field.node() instanceof Node.Mapping) {
            return Fields.of(field, Shapes.VARIABLE, form)
                    .map(fields -> declared(name, fields))
                    .orElseGet(() -> any(name));
        }
        VariableType type = typeOf(field.node());
        if (type == VariableType.ANY) {
            form.wrongType(field, "a default belongs here", "write a default, or {required: true}");
            return any(name);
        }
        Optional<Payload> value = templates.literalOnly(field);
        return value.isPresent() ? new Variable(name, type, value, "") : any(name);
    }

    private Variable declared(String name, Fields fields) {
        Optional<Field> defaultField = fields.find("default");
        Optional<VariableType> type = fields.find("type").flatMap(field -> form.oneOf(TYPES, field));
        Optional<Boolean> required = fields.find("required").flatMap(form::trueOrFalse);
        if (required.isPresent() && required.get() == defaultField.isPresent()) {
            Field at = fields.find("required").orElseThrow();
            String message = required.get()
                    ? "a required variable never takes its default"
                    : "a variable that is not required needs a default";
            String remedy = required.get()
                    ? "remove `default`, or `required: true`"
                    : "add `default`, or remove `required: false`";
            form.add(at, "INVALID_VALUE", message, remedy);
            return any(name);
        }
        Optional<Payload> value = defaultField.flatMap(templates::literalOnly);
        if (value.isEmpty() && defaultField.isPresent()) {
            return any(name);
        }
        VariableType inferred = defaultField.map(field -> typeOf(field.node())).orElse(VariableType.ANY);
        String description = fields.find("description").flatMap(form::text).orElse("");
        return new Variable(name, type.orElse(inferred), value, description);
    }

    /// In the place of one that was reported already.
    private static Variable any(String name) {
        return new Variable(name, VariableType.ANY, Optional.of(Payload.NULL), "");
    }

    private static VariableType typeOf(Node node) {
        return switch (node) {
            case Node.Scalar(Position _, Kind kind, String _) ->
                switch (kind) {
                    case TEXT -> VariableType.STRING;
                    case INTEGER -> VariableType.INTEGER;
                    case DECIMAL -> VariableType.NUMBER;
                    case BOOLEAN -> VariableType.BOOLEAN;
                    case NULL -> VariableType.ANY;
                };
            case Node.Sequence _ -> VariableType.LIST;
            case Node.Mapping _ -> VariableType.MAP;
        };
    }
}
