package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Template;
import dev.ropewalk.testkit.plans.WordLanguage;
import dev.ropewalk.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What tasks must have been given: computed from the recorded results, and compared with what they
/// were given.
final class DataFlow {

    private static final WordLanguage LANGUAGE = new WordLanguage();

    /// Where values are kept that are too large for an event.
    interface Blobs {
        byte[] read(StoredValue.External value);
    }

    private final ExecutionModel x;
    private final Blobs blobs;

    DataFlow(ExecutionModel execution, Blobs blobs) {
        this.x = execution;
        this.blobs = blobs;
    }

    void checkCondition(TaskModel task, boolean holds) {
        boolean expected = task.definition.when().isEmpty()
                || Boolean.TRUE.equals(of(task, task.definition.when().get()));
        for (Template.Expression condition : task.definition.conditions()) {
            expected = expected && Boolean.TRUE.equals(of(task, condition));
        }
        check(expected == holds, "I17", "%s: the condition of %s is %s, not %s", x, task, expected, holds);
    }

    void checkItems(TaskModel task, int count, StoredValue items) {
        Object expected = of(task, task.definition.items().orElseThrow());
        Object actual = read(items);
        check(
                Objects.equals(expected, actual) && expected instanceof List<?> list && list.size() == count,
                "I17",
                "%s: %s expands over %d items, %s, not over %s",
                x,
                task,
                count,
                actual,
                expected);
    }

    /// What an attempt was called with.
    void checkArguments(TaskModel task, Map<String, @Nullable Object> actual) {
        Object expected = of(task, task.definition.arguments());
        Object none = expected == null ? Map.of() : expected;
        check(none.equals(actual), "I17", "%s: %s is called with %s, not with %s", x, task, actual, expected);
    }

    void checkResult(StoredValue result) {
        Object expected;
        try {
            expected = evaluate(x.plan.result(), new ModelBindings(x, this, 0, null));
        } catch (ExpressionException e) {
            throw new Violation("I17", "%s has no result: %s, but returns %s".formatted(x, e.getMessage(), result));
        }
        Object actual = read(result);
        check(Objects.equals(expected, actual), "I17", "%s returns %s, not %s", x, actual, expected);
    }

    private @Nullable Object of(TaskModel task, Template template) {
        try {
            return evaluate(template, new ModelBindings(x, this, task.definition.scope(), task));
        } catch (ExpressionException e) {
            throw new Violation("I17", "%s: %s should have failed: %s".formatted(x, task, e.getMessage()));
        }
    }

    @Nullable
    Object evaluate(Template template, ModelBindings bindings) throws ExpressionException {
        return switch (template) {
            case Template.Literal(Payload value) -> Json.read(value.bytes());
            case Template.Expression(String source) -> LANGUAGE.evaluate(source, bindings);
            case Template.ResultOf(String task) -> bindings.taskResult(task);
            case Template.Text(List<Template> parts) -> {
                StringBuilder text = new StringBuilder();
                for (Template part : parts) {
                    text.append(evaluate(part, bindings));
                }
                yield text.toString();
            }
            case Template.Sequence(List<Template> items) -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Template item : items) {
                    list.add(evaluate(item, bindings));
                }
                yield list;
            }
            case Template.Mapping(List<Template.Entry> entries) -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Template.Entry entry : entries) {
                    map.put(entry.key(), evaluate(entry.value(), bindings));
                }
                yield map;
            }
        };
    }

    @Nullable
    Object read(StoredValue value) {
        return switch (value) {
            case StoredValue.Inline(Payload payload) -> Json.read(payload.bytes());
            case StoredValue.External external -> Json.read(blobs.read(external));
            case StoredValue.Collected _ ->
                throw new Violation("I17", "%s: items have results of their own".formatted(x));
        };
    }
}
