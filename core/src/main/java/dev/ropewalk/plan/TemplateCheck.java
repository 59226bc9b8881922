package dev.ropewalk.plan;

import dev.ropewalk.plan.ExpressionLanguage.Analysis;
import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.ExpressionLanguage.Names;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Goes through the templates of one workflow: reports what is wrong with their expressions, and says
/// to which tasks they refer.
final class TemplateCheck {

    /// As deep as JSON is read.
    private static final int MAX_DEPTH = 128;

    private final PlanLimits limits;
    private final Problems problems;
    private final ExpressionLanguage language;
    private final Names names;
    private final Names namesInForEach;
    private final Map<Question, Analysis> answers = new HashMap<>();

    /// The same expression often stands in many tasks, and to parse one costs more than all else.
    private record Question(String source, boolean item, Expected expected) {}

    TemplateCheck(ScopeDraft scope, PlanDraft draft, ExpressionLanguage language) {
        this.limits = draft.limits;
        this.problems = draft.problems;
        this.language = language;
        Set<String> tasks = new LinkedHashSet<>(scope.tasksById.keySet());
        scope.stepsById.forEach((id, step) -> {
            if (step.forEach != null) {
                tasks.add(id);
            }
        });
        Set<String> known = Collections.unmodifiableSet(tasks);
        this.names = new Names(scope.variableTypes, known, false);
        this.namesInForEach = new Names(scope.variableTypes, known, true);
    }

    /// Checks `template`, and adds the ids of the tasks to which it refers, each with its first place.
    ///
    /// @param item whether it may refer to `item`
    void check(Template template, Expected expected, boolean item, Location at, SequencedMap<String, Location> into) {
        check(template, expected, item, at, into, 0);
    }

    private void check(
            Template template,
            Expected expected,
            boolean item,
            Location at,
            SequencedMap<String, Location> into,
            int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(
                    Problem.LIMIT_EXCEEDED,
                    at,
                    "the value is nested deeper than " + MAX_DEPTH + " levels",
                    "flatten it");
            return;
        }
        switch (template) {
            case Template.Literal _ -> {}
            case Template.ResultOf(String task) -> into.putIfAbsent(task, at);
            case Template.Expression(String source) -> expression(source, expected, item, at, into);
            case Template.Text(List<Template> parts) -> {
                for (Template part : parts) {
                    check(part, Expected.ANY, item, at, into, depth + 1);
                }
            }
            case Template.Sequence(List<Template> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    check(items.get(i), Expected.ANY, item, at.index(i), into, depth + 1);
                }
            }
            case Template.Mapping(List<Template.Entry> entries) -> {
                for (Template.Entry entry : entries) {
                    check(entry.value(), Expected.ANY, item, at.key(entry.key()), into, depth + 1);
                }
            }
        }
    }

    /// Checks an expression, and says whether it refers to `item`.
    boolean expression(
            String source, Expected expected, boolean item, Location at, SequencedMap<String, Location> into) {
        if (source.length() > limits.maxExpressionLength()) {
            problems.add(
                    Problem.LIMIT_EXCEEDED,
                    at,
                    "the expression has " + Quoted.count(source.length()) + " characters, more than "
                            + Quoted.count(limits.maxExpressionLength()),
                    "shorten it, or compute the value in a task");
            return false;
        }
        Analysis analysis = answers.computeIfAbsent(
                new Question(source, item, expected),
                question -> language.analyse(source, item ? namesInForEach : names, expected));
        for (Problem problem : analysis.problems()) {
            problems.add(problem.code(), at, problem.message(), problem.remedy());
        }
        boolean unknownReported =
                analysis.problems().stream().anyMatch(problem -> problem.code().equals(Problem.UNKNOWN_TASK));
        for (String task : analysis.tasks()) {
            if (!unknownReported || names.tasks().contains(task)) {
                into.putIfAbsent(task, at);
            }
        }
        return analysis.item();
    }
}
