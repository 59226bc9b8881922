package dev.ropewalk.value;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Template;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Makes a value of a template, part by part; what a part returns is never looked through for further
/// expressions. Safe for use by several threads.
///
/// In a text with expressions in it, strings stand as they are and null as nothing; numbers, booleans,
/// lists and maps stand as JSON, except that a number of usual size is written without an exponent.
///
/// Literals, references to results and whatever is made of them need no expression language.
public final class TemplateEvaluation {

    /// Digits before or behind the point up to which a number in a text is written in full.
    private static final int USUAL_DIGITS = 21;

    private final Optional<ExpressionEvaluator> evaluator;
    private final int maxTextChars;

    /// @param evaluator empty if there is none on the class path
    public TemplateEvaluation(Optional<ExpressionEvaluator> evaluator, int maxTextChars) {
        this.evaluator = evaluator;
        this.maxTextChars = maxTextChars;
    }

    /// @return a value of JSON, unmodifiable
    public @Nullable Object evaluate(Template template, Bindings bindings) throws ExpressionException {
        return switch (template) {
            case Template.Literal literal -> literal(literal);
            case Template.Expression(String source) -> expression(source, bindings);
            case Template.ResultOf(String task) -> bindings.taskResult(task);
            case Template.Text(List<Template> parts) -> text(parts, bindings);
            case Template.Sequence(List<Template> items) -> list(items, bindings);
            case Template.Mapping(List<Template.Entry> entries) -> map(entries, bindings);
        };
    }

    private static @Nullable Object literal(Template.Literal literal) throws ExpressionException {
        try {
            return Json.read(literal.value().bytes());
        } catch (ValueException e) {
            throw new ExpressionException("a value of the plan cannot be read: " + e.message(), e);
        }
    }

    private @Nullable Object expression(String source, Bindings bindings) throws ExpressionException {
        ExpressionEvaluator language = evaluator.orElseThrow(() -> new ExpressionException(
                "there is no expression language to evaluate ${%s}; add dev.ropewalk:ropewalk-formats to the class path"
                        .formatted(source)));
        return language.evaluate(source, bindings);
    }

    private List<@Nullable Object> list(List<Template> items, Bindings bindings) throws ExpressionException {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        for (Template item : items) {
            list.add(evaluate(item, bindings));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, @Nullable Object> map(List<Template.Entry> entries, Bindings bindings)
            throws ExpressionException {
        SequencedMap<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(entries.size());
        for (Template.Entry entry : entries) {
            map.put(entry.key(), evaluate(entry.value(), bindings));
        }
        return Collections.unmodifiableSequencedMap(map);
    }

    private String text(List<Template> parts, Bindings bindings) throws ExpressionException {
        StringBuilder text = new StringBuilder();
        for (Template part : parts) {
            String more = text(evaluate(part, bindings));
            if (more.length() > maxTextChars - text.length()) {
                throw new ExpressionException(
                        "a text becomes longer than %d characters; hand over the value by itself, not inside a text"
                                .formatted(maxTextChars));
            }
            text.append(more);
        }
        return text.toString();
    }

    private static String text(@Nullable Object value) throws ExpressionException {
        return switch (value) {
            case null -> "";
            case String string -> string;
            case Double _, BigDecimal _ -> plain(json(value));
            default -> json(value);
        };
    }

    private static String plain(String number) {
        if (number.indexOf('E') < 0) {
            return number;
        }
        BigDecimal exact = new BigDecimal(number).stripTrailingZeros();
        boolean usual = exact.scale() <= USUAL_DIGITS && exact.precision() - exact.scale() <= USUAL_DIGITS;
        return usual ? exact.toPlainString() : number;
    }

    private static String json(Object value) throws ExpressionException {
        try {
            return new String(Json.write(value, "value"), StandardCharsets.UTF_8);
        } catch (ValueException e) {
            throw new ExpressionException(e.message(), e);
        }
    }
}
