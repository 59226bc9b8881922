package dev.ropewalk.format.cel;

import dev.ropewalk.format.cel.Parsed.Mention;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.Quoted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Checks that what an expression refers to exists in its workflow.
final class NameCheck {

    private NameCheck() {}

    static Optional<Complaint> check(Mention mention, ExpressionLanguage.Names names) {
        int offset = mention.offset();
        return switch (mention.reference()) {
            case Reference.Variable(String name) ->
                variable(name, names.variables().keySet(), offset);
            case Reference.TaskResult(String task) -> task(task, names, offset);
            case Reference.TaskStatus(String task) -> task(task, names, offset);
            case Reference.Fact(String key) -> fact(key, offset);
            case Reference.Item _, Reference.Index _ ->
                names.item()
                        ? Optional.empty()
                        : Optional.of(Complaint.invalid(
                                offset,
                                "there is no %s here"
                                        .formatted(mention.reference().shown()),
                                "item and index exist in a task or step with `forEach`"));
            case Reference.Secret _ -> Optional.empty();
        };
    }

    private static Optional<Complaint> variable(String name, Collection<String> known, int offset) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        String otherwise = known.isEmpty()
                ? "declare it under `variables`"
                : "the variables are %s".formatted(DidYouMean.list(known));
        return Optional.of(new Complaint(
                Problem.VARIABLE_UNKNOWN,
                offset,
                "there is no variable %s".formatted(Quoted.of(name)),
                DidYouMean.remedy(name, known, otherwise)));
    }

    private static Optional<Complaint> task(String task, ExpressionLanguage.Names names, int offset) {
        if (names.tasks().contains(task)) {
            return Optional.empty();
        }
        return Optional.of(new Complaint(
                Problem.UNKNOWN_TASK,
                offset,
                "%s is not a task of this plan".formatted(Quoted.of(task)),
                DidYouMean.remedy(task, names.tasks(), "the tasks are " + DidYouMean.list(names.tasks()))));
    }

    private static Optional<Complaint> fact(String key, int offset) {
        if (Names.OF_EXECUTION.contains(key)) {
            return Optional.empty();
        }
        String otherwise = "it has " + String.join(", ", Names.OF_EXECUTION);
        return Optional.of(Complaint.invalid(
                offset,
                "execution has no %s".formatted(Quoted.of(key)),
                DidYouMean.remedy(key, Names.OF_EXECUTION, otherwise)));
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
