package dev.ropewalk.format.cel;

import dev.ropewalk.format.cel.Parsed.Mention;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.Quoted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Checks that what an expression refers to exists in its workflow.
final class NameCheck {

    private NameCheck() {}

    static Optional<Complaint> check(Mention mention, ExpressionLanguage.Names names) {
        return switch (mention.reference()) {
            case Reference.Variable(String name) ->
                among(
                        name,
                        names.variables().keySet(),
                        "VARIABLE_UNKNOWN",
                        "variable",
                        "declare it under `variables`",
                        mention);
            case Reference.TaskResult(String task) -> task(task, names, mention);
            case Reference.TaskStatus(String task) -> task(task, names, mention);
            case Reference.Fact(String key) ->
                among(
                        key,
                        Names.OF_EXECUTION,
                        "EXPRESSION_INVALID",
                        "execution",
                        "an execution has " + String.join(", ", Names.OF_EXECUTION),
                        mention);
            case Reference.Item _, Reference.Index _ ->
                names.item()
                        ? Optional.empty()
                        : Optional.of(Complaint.invalid(
                                mention.offset(),
                                "there is no %s here"
                                        .formatted(mention.reference().shown()),
                                "item and index exist in a task or step with `forEach`"));
            case Reference.Secret _ -> Optional.empty();
        };
    }

    private static Optional<Complaint> task(String task, ExpressionLanguage.Names names, Mention mention) {
        return among(task, names.tasks(), "UNKNOWN_TASK", "task", "refer to a task of this plan", mention);
    }

    private static Optional<Complaint> among(
            String name, Collection<String> known, String code, String what, String otherwise, Mention mention) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        String remedy = DidYouMean.closest(name, known)
                .map(meant -> "did you mean %s?".formatted(Quoted.of(meant)))
                .orElse(otherwise);
        return Optional.of(
                new Complaint(code, mention.offset(), "there is no %s %s".formatted(what, Quoted.of(name)), remedy));
    }

    /// Ids with a `-` that stand in the source behind a point: `tasks.a-b` is the difference of
    /// `tasks.a` and `b`.
    static List<Complaint> dashes(String source, ExpressionLanguage.Names names) {
        if (source.indexOf('-') < 0) {
            return List.of();
        }
        return names.tasks().stream()
                .filter(id -> id.indexOf('-') >= 0 && source.contains("tasks." + id))
                .limit(8)
                .map(id -> Complaint.invalid(
                        source.indexOf("tasks." + id),
                        "tasks.%s is read as a subtraction, because the id holds a -".formatted(id),
                        "write tasks[\"%s\"]".formatted(id)))
                .toList();
    }
}
