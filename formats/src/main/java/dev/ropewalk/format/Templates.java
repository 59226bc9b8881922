package dev.ropewalk.format;

import dev.ropewalk.format.PlanValue.Constant;
import dev.ropewalk.format.PlanValue.Dynamic;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Mapping;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Node.Sequence;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Turns values of a plan file into templates. A value without expressions becomes one literal, however
/// large it is.
final class Templates {

    private static final String CONDITION = "write one expression and nothing else, \"${ … }\", or true or false";

    private final Form form;

    Templates(Form form) {
        this.form = form;
    }

    Template template(Field field) {
        return value(field).template();
    }

    /// A condition: an expression, or simply true or false.
    Optional<Template.Expression> condition(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String word) && kind == Kind.BOOLEAN) {
            return Optional.of(new Template.Expression(word));
        }
        if (field.node() instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
            if (text(scalar, field) instanceof Dynamic(Template.Expression expression)) {
                return Optional.of(expression);
            }
            form.wrongType(field, "a condition belongs here", CONDITION);
        } else {
            form.wrongType(field, "a condition belongs here", CONDITION);
        }
        return Optional.empty();
    }

    /// A list, or an expression that gives one; without it the plan cannot be compiled.
    Optional<Template> vitalList(Field field) {
        Template template = template(field);
        boolean fits = field.node() instanceof Sequence || template instanceof Template.Expression;
        if (!fits) {
            form.wrongType(
                    field, "a list belongs here", "write a list, or one expression that gives a list: \"${ … }\"");
            form.breakOff();
        }
        return fits ? Optional.of(template) : Optional.empty();
    }

    /// A value that may hold no expressions.
    Optional<Payload> literalOnly(Field field) {
        if (value(field) instanceof Constant(Object constant)) {
            return Optional.of(NodeJson.payload(constant));
        }
        form.add(
                field,
                "EXPRESSION_UNSUPPORTED",
                "there is an expression here, but this value is needed before anything runs",
                "write the value itself; $${ stands for the characters ${");
        return Optional.empty();
    }

    private PlanValue text(Scalar text, Field field) {
        try {
            return TemplateText.parse(text.text());
        } catch (TemplateText.Unterminated e) {
            form.addInside(
                    text,
                    field.place(),
                    e.offset,
                    "EXPRESSION_INVALID",
                    "the expression that begins here has no end",
                    "close it with }, or write $${ for the characters ${");
            form.breakOff();
            return new Dynamic(new Template.Expression("null"));
        }
    }

    private PlanValue value(Field field) {
        return switch (field.node()) {
            case Scalar scalar ->
                scalar.kind() == Kind.TEXT ? text(scalar, field) : new Constant(NodeJson.value(scalar));
            case Sequence sequence -> sequence(sequence, field);
            case Mapping mapping -> mapping(mapping, field);
        };
    }

    private PlanValue sequence(Sequence sequence, Field field) {
        List<PlanValue> items = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            items.add(value(field.item(i, sequence.items().get(i))));
        }
        if (items.stream().anyMatch(Dynamic.class::isInstance)) {
            return new Dynamic(new Template.Sequence(
                    items.stream().map(PlanValue::template).toList()));
        }
        List<@Nullable Object> constants = new ArrayList<>(items.size());
        items.forEach(item -> constants.add(((Constant) item).value()));
        return new Constant(constants);
    }

    private PlanValue mapping(Mapping mapping, Field field) {
        SequencedMap<String, PlanValue> values = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> values.put(entry.key(), value(field.entry(entry))));
        if (values.values().stream().anyMatch(Dynamic.class::isInstance)) {
            List<Template.Entry> entries = new ArrayList<>(values.size());
            values.forEach((key, value) -> entries.add(new Template.Entry(key, value.template())));
            return new Dynamic(new Template.Mapping(entries));
        }
        Map<String, @Nullable Object> constants = new LinkedHashMap<>();
        values.forEach((key, value) -> constants.put(key, ((Constant) value).value()));
        return new Constant(constants);
    }
}
