package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values for plans that are built in Java. Meant for static import.
///
/// A value is a `Map`, `List`, `String`, number, `Boolean`, `null` or JSON in a [Payload], and in any
/// place of it may stand what this class makes. It is taken as it is when it is given. Strings are what they are and
/// never looked through for expressions.
public final class Values {

    private Values() {}

    /// The result of another task, which makes an edge from that task.
    public static Template resultOf(String task) {
        return new Template.ResultOf(task);
    }

    /// The value of an expression, which keeps its type.
    ///
    /// @param source without `${` and `}`
    public static Template.Expression expression(String source) {
        return new Template.Expression(source);
    }

    /// Text of which parts are known only when the task runs: `text("found ", resultOf("count"))`.
    ///
    /// @param parts strings and what this class makes
    public static Template text(Object... parts) {
        List<Template> templates = new ArrayList<>();
        for (Object part : parts) {
            if (!(part instanceof String || part instanceof Template)) {
                throw new IllegalArgumentException(
                        "the parts of a text are strings, expressions and results, not " + part.getClass());
            }
            templates.add(template(part));
        }
        return new Template.Text(templates);
    }

    /// The value in JSON.
    ///
    /// @throws IllegalArgumentException if JSON has no such value
    public static Payload json(@Nullable Object value) {
        return json(value, Location.ROOT);
    }

    static Payload json(@Nullable Object value, Location at) {
        return Payload.json(JsonWriter.write(value, at));
    }

    /// The value as a template: literal unless there is a template in it.
    ///
    /// @throws IllegalArgumentException if JSON has no such value
    public static Template template(@Nullable Object value) {
        return template(value, Location.ROOT);
    }

    /// @param at where the value stands, for the message
    static Template template(@Nullable Object value, Location at) {
        return template(value, at, 0);
    }

    private static Template template(@Nullable Object value, Location at, int depth) {
        JsonWriter.checkDepth(depth, at);
        if (!holdsTemplate(value, depth)) {
            return new Template.Literal(json(value, at));
        }
        return switch (value) {
            case Template template -> template;
            case List<?> list -> sequence(list, at, depth);
            case Map<?, ?> map -> mapping(map, at, depth);
            case null, default -> throw new AssertionError("no template in " + value);
        };
    }

    private static Template sequence(List<?> list, Location at, int depth) {
        List<Template> items = new ArrayList<>();
        for (Object item : list) {
            items.add(template(item, at.index(items.size()), depth + 1));
        }
        return new Template.Sequence(items);
    }

    private static Template mapping(Map<?, ?> map, Location at, int depth) {
        List<Template.Entry> entries = new ArrayList<>();
        JsonWriter.inOrder(map, at)
                .forEach((key, value) -> entries.add(new Template.Entry(key, template(value, at.key(key), depth + 1))));
        return new Template.Mapping(entries);
    }

    /// What is nested too deep counts as if it did, so that the search ends at the first such place,
    /// where the value is refused.
    private static boolean holdsTemplate(@Nullable Object value, int depth) {
        if (depth > JsonWriter.MAX_DEPTH) {
            return true;
        }
        return switch (value) {
            case Template _ -> true;
            case List<?> list -> list.stream().anyMatch(item -> holdsTemplate(item, depth + 1));
            case Map<?, ?> map -> map.values().stream().anyMatch(item -> holdsTemplate(item, depth + 1));
            case null, default -> false;
        };
    }
}
