package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Gives the variables of a workflow their values: what was given, else what it declares.
///
/// A value that is an expression has no type before it runs; only literal ones are checked here.
final class VariableBinding {

    private static final int MAX_SHOWN = 40;

    private final SequencedMap<String, Variable> declared = new LinkedHashMap<>();
    private final Location workflow;
    private final Problems problems;

    /// @param workflow where the workflow stands that declares them
    VariableBinding(List<Variable> variables, Location workflow, Problems problems) {
        this.workflow = workflow;
        this.problems = problems;
        for (Variable variable : variables) {
            declare(variable);
        }
    }

    private void declare(Variable variable) {
        Location at = workflow.key("variables").key(variable.name());
        Identifier.check(variable.name(), "name of a variable", at, problems);
        if (declared.putIfAbsent(variable.name(), variable) != null) {
            problems.add(
                    Problem.DUPLICATE_ID,
                    at,
                    () -> "there are two variables " + Quoted.of(variable.name()),
                    () -> "rename one of them");
        }
        variable.defaultValue().ifPresent(value -> checkType(variable, value, at.key("default")));
    }

    /// The types by name, for the check of expressions.
    Map<String, VariableType> types() {
        SequencedMap<String, VariableType> types = new LinkedHashMap<>();
        declared.forEach((name, variable) -> types.put(name, variable.type()));
        return types;
    }

    /// The value of each variable in the order declared; those that have none are reported and missing.
    ///
    /// @param given by name
    /// @param giver where the values come from
    List<Template.Entry> bind(SequencedMap<String, Template> given, Location giver) {
        given.forEach((name, value) -> checkGiven(name, value, giver.key(name)));
        List<Template.Entry> bound = new ArrayList<>();
        for (Variable variable : declared.values()) {
            Template value = given.get(variable.name());
            Optional<Payload> fallback = variable.defaultValue();
            if (value != null) {
                bound.add(new Template.Entry(variable.name(), value));
            } else if (fallback.isPresent()) {
                bound.add(new Template.Entry(variable.name(), new Template.Literal(fallback.get())));
            } else {
                problems.add(
                        Problem.VARIABLE_MISSING,
                        giver.key(variable.name()),
                        () -> "the variable " + Quoted.of(variable.name()) + " is required and was given no value",
                        () -> "give it " + wanted(variable.type()) + ", or declare a default");
            }
        }
        return bound;
    }

    private void checkGiven(String name, Template value, Location at) {
        Variable variable = declared.get(name);
        if (variable == null) {
            problems.add(
                    Problem.VARIABLE_UNKNOWN,
                    at,
                    () -> "there is no variable " + Quoted.of(name),
                    () -> DidYouMean.remedy(
                            name,
                            declared.keySet(),
                            declared.isEmpty()
                                    ? "the workflow declares no variables"
                                    : "the variables are " + DidYouMean.list(declared.keySet())));
        } else if (value instanceof Template.Literal(Payload payload)) {
            checkType(variable, payload, at);
        } else if (!mayBe(value, variable.type())) {
            problems.add(
                    Problem.VARIABLE_TYPE,
                    at,
                    () -> "the variable " + Quoted.of(name) + " takes " + wanted(variable.type()),
                    () -> "give it a value of that type");
        }
    }

    private static boolean mayBe(Template value, VariableType type) {
        return switch (value) {
            case Template.Text _ -> type == VariableType.STRING || type == VariableType.ANY;
            case Template.Sequence _ -> type == VariableType.LIST || type == VariableType.ANY;
            case Template.Mapping _ -> type == VariableType.MAP || type == VariableType.ANY;
            case Template.Literal _, Template.Expression _, Template.ResultOf _ -> true;
        };
    }

    private void checkType(Variable variable, Payload value, Location at) {
        Optional<JsonShape> shape = JsonShape.of(value);
        if (shape.isEmpty()) {
            problems.add(
                    Problem.VARIABLE_TYPE,
                    at,
                    () -> "the value of " + Quoted.of(variable.name()) + " is not JSON: " + shown(value),
                    () -> "give it " + wanted(variable.type()) + " in JSON");
        } else if (!shape.get().suits(variable.type())) {
            problems.add(
                    Problem.VARIABLE_TYPE,
                    at,
                    () -> "%s is %s, but the variable %s takes %s"
                            .formatted(
                                    shown(value),
                                    shape.get().withArticle(),
                                    Quoted.of(variable.name()),
                                    wanted(variable.type())),
                    () -> "give it " + wanted(variable.type()) + ", or change its type");
        }
    }

    private static String wanted(VariableType type) {
        return switch (type) {
            case STRING -> "a string";
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case LIST -> "a list";
            case MAP -> "a map";
            case ANY -> "any value";
        };
    }

    private static String shown(Payload value) {
        if (!value.contentType().equals(Payload.JSON)) {
            return value.toString();
        }
        // A character takes at most four bytes; what is cut in two is beyond what is shown.
        int bytes = Math.min(value.size(), 4 * MAX_SHOWN);
        String text = new String(value.bytes(), 0, bytes, StandardCharsets.UTF_8).strip();
        return Quoted.escaped(text, MAX_SHOWN);
    }
}
