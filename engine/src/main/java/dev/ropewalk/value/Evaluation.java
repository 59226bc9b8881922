package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Template;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Evaluates what a plan asks of a task: its condition, its items, its arguments, and in the end the
/// plan's result. Safe for use by several threads; never called on the loop.
///
/// An [ExpressionException] is permanent. A [dev.ropewalk.store.StoreException] is not the plan's
/// fault and comes through as it is.
public final class Evaluation {

    private final TemplateEvaluation templates;
    private final ValueReader reader;
    private final ValueWriter writer;
    private final Secrets secrets;
    private final ConstantArguments constants = new ConstantArguments();

    /// @param evaluator empty if there is no expression language on the class path
    public Evaluation(
            Optional<ExpressionEvaluator> evaluator,
            ValueReader reader,
            ValueWriter writer,
            Secrets secrets,
            ValueLimits limits) {
        this.templates = new TemplateEvaluation(evaluator, limits.maxTextChars());
        this.reader = reader;
        this.writer = writer;
        this.secrets = secrets;
    }

    /// The arguments of a tool.
    ///
    /// @param values with placeholders for secrets, see [Secrets#reveal]
    /// @param digest SHA-256 in hex of the values with secrets by name, whatever the order of keys;
    ///     empty if there are no arguments
    public record Arguments(Map<String, @Nullable Object> values, String digest) {
        static final Arguments NONE = new Arguments(Map.of(), "");
    }

    /// The items of a `forEach`.
    ///
    /// @param list ready to be recorded
    public record Items(int count, StoredValue list) {}

    /// Whether the task's condition holds, and those of its dependencies; a task without any may run.
    public boolean condition(TaskInputs inputs) throws ExpressionException {
        if (inputs.task().when().isPresent() && !condition(inputs.task().when().get(), inputs)) {
            return false;
        }
        for (Template.Expression condition : inputs.task().conditions()) {
            if (!condition(condition, inputs)) {
                return false;
            }
        }
        return true;
    }

    private boolean condition(Template.Expression condition, TaskInputs inputs) throws ExpressionException {
        Object verdict = evaluate(condition, inputs, SecretNames.REFUSED);
        if (verdict instanceof Boolean holds) {
            return holds;
        }
        throw new ExpressionException(
                "the condition gives %s, not true or false: ${%s}".formatted(kind(verdict), condition.source()));
    }

    /// The items of a task of the kind `FOR_EACH`.
    ///
    /// @throws IOException if the list is large and cannot be written to the store
    public Items items(TaskInputs inputs) throws ExpressionException, IOException {
        Template template = inputs.task().items().orElse(Template.NULL);
        Object value = evaluate(template, inputs, SecretNames.REFUSED);
        if (!(value instanceof List<?> list)) {
            throw new ExpressionException("forEach needs a list and got %s".formatted(kind(value)));
        }
        if (list.size() > inputs.task().maxItems()) {
            throw new ExpressionException("forEach got %d items, more than maxItems allows, %d"
                    .formatted(list.size(), inputs.task().maxItems()));
        }
        return new Items(list.size(), record(inputs, secrets.redact(list), "items"));
    }

    /// The arguments with which the task's tool is called.
    public Arguments arguments(TaskInputs inputs) throws ExpressionException {
        Template template = inputs.task().arguments();
        if (template.equals(Template.NULL) || template.equals(Template.EMPTY_OBJECT)) {
            return Arguments.NONE;
        }
        Arguments known = constants.find(template);
        if (known != null) {
            return known;
        }
        Object value = evaluate(template, inputs, secrets::placeholder);
        if (!(value instanceof Map<?, ?> map)) {
            throw new ExpressionException("the arguments of a tool are a map, not %s".formatted(kind(value)));
        }
        if (map.isEmpty()) {
            return Arguments.NONE;
        }
        @SuppressWarnings("unchecked") // the digest below refuses other keys
        Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) map;
        try {
            Arguments arguments = new Arguments(values, Json.digest(secrets.mask(values)));
            constants.remember(template, arguments);
            return arguments;
        } catch (ValueException e) {
            throw new ExpressionException(e.message(), e);
        }
    }

    /// The result of a task that calls no tool but is the value of its arguments.
    public StoredValue value(TaskInputs inputs) throws ExpressionException, IOException {
        return result(inputs, inputs.task().arguments());
    }

    /// The result of the plan.
    public StoredValue result(TaskInputs inputs) throws ExpressionException, IOException {
        return result(inputs, inputs.plan().result());
    }

    /// A result that is another one's is recorded as that: it is neither read nor stored again, however
    /// large. Items' results are copied together as they were recorded.
    private StoredValue result(TaskInputs inputs, Template template) throws ExpressionException, IOException {
        if (template instanceof Template.ResultOf(String task)) {
            Recorded recorded = bindings(inputs, SecretNames.REFUSED).recorded(task);
            return switch (recorded) {
                case Recorded.Single single -> single.value();
                case Recorded.Several several ->
                    writer.write(inputs.execution(), "result", out -> reader.copyTo(several, out));
                case Recorded.Unfinished _ -> StoredValue.NULL;
            };
        }
        return record(inputs, evaluate(template, inputs, SecretNames.REFUSED), "result");
    }

    private StoredValue record(TaskInputs inputs, @Nullable Object value, String name)
            throws ExpressionException, IOException {
        try {
            return writer.write(inputs.execution(), value, name);
        } catch (ValueException e) {
            throw new ExpressionException(e.message(), e);
        }
    }

    private @Nullable Object evaluate(Template template, TaskInputs inputs, SecretNames names)
            throws ExpressionException {
        ExecutionBindings bindings = bindings(inputs, names);
        try {
            return templates.evaluate(template, bindings);
        } catch (ExpressionException e) {
            bindings.rethrowDamage();
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            bindings.rethrowDamage();
            throw new ExpressionException("the expression language failed: " + e, e);
        }
    }

    private ExecutionBindings bindings(TaskInputs inputs, SecretNames names) {
        return new ExecutionBindings(inputs, reader, templates, names);
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "a map";
            case List<?> _ -> "a list";
            case String _ -> "a string";
            case Boolean _ -> "true or false";
            case Number _ -> "a number";
            default -> "a " + value.getClass().getTypeName();
        };
    }
}
