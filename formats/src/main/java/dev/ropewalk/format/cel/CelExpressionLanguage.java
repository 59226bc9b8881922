package dev.ropewalk.format.cel;

import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Checks CEL when a plan is compiled: syntax, names, and types as far as they are known. Safe for use
/// by several threads.
public final class CelExpressionLanguage implements ExpressionLanguage {

    private static final int MOST_SHAPES = 10_000;

    private final ExpressionLimits limits;

    /// The checker for the variables asked for last, because a workflow asks many times in a row.
    private volatile @Nullable Checker last;

    /// @param sound shapes of expressions in which nothing is wrong, and whether they refer to an item
    private record Checker(Map<String, VariableType> variables, TypeCheck types, Map<Question, Boolean> sound) {}

    private record Question(String shape, boolean item, Expected expected) {}

    public CelExpressionLanguage() {
        this(ExpressionLimits.DEFAULT);
    }

    public CelExpressionLanguage(ExpressionLimits limits) {
        this.limits = limits;
    }

    @Override
    public Analysis analyse(String source, Names names, Expected expected) {
        Optional<Expr> chain = ChainParser.parse(source);
        if (chain.isPresent()) {
            Parsed parsed = Parsed.ofChain(chain.get());
            List<Complaint> complaints = namesOf(parsed, names);
            if (!complaints.isEmpty() || ChainTypes.surelyFits(chain.get(), names.variables(), expected)) {
                return analysis(source, parsed, complaints);
            }
        }
        Optional<Complaint> tooLarge = Size.check(source, limits);
        return tooLarge.isPresent()
                ? analysis(source, Parsed.of(tooLarge.get()), List.of(tooLarge.get()))
                : similar(source, names, expected);
    }

    /// As [#parsed], unless an expression of the same shape was sound.
    private Analysis similar(String source, Names names, Expected expected) {
        Optional<ExpressionShape> shape =
                ExpressionShape.of(source).filter(found -> names.tasks().containsAll(found.tasks()));
        if (shape.isEmpty()) {
            return parsed(source, names, expected);
        }
        Map<Question, Boolean> sound = checker(names.variables()).sound();
        Question question = new Question(shape.get().text(), names.item(), expected);
        List<String> tasks = shape.get().tasks();
        Boolean item = sound.get(question);
        if (item != null) {
            return new Analysis(tasks, item, List.of());
        }
        Analysis analysis = parsed(source, names, expected);
        if (analysis.problems().isEmpty() && analysis.tasks().equals(tasks) && sound.size() < MOST_SHAPES) {
            sound.put(question, analysis.item());
        }
        return analysis;
    }

    private Analysis parsed(String source, Names names, Expected expected) {
        FrontEnd.Outcome outcome = FrontEnd.parse(source);
        Parsed parsed = outcome.parsed();
        List<Complaint> complaints = new ArrayList<>(parsed.complaints());
        complaints.addAll(namesOf(parsed, names));
        if (!complaints.isEmpty()) {
            List<Complaint> dashes = NameCheck.dashes(source, names);
            return analysis(source, parsed, dashes.isEmpty() ? complaints : dashes);
        }
        outcome.tree()
                .ifPresent(tree ->
                        complaints.addAll(checker(names.variables()).types().check(tree, expected)));
        return analysis(source, parsed, complaints);
    }

    private static List<Complaint> namesOf(Parsed parsed, Names names) {
        return parsed.references().stream()
                .map(mention -> NameCheck.check(mention, names))
                .flatMap(Optional::stream)
                .toList();
    }

    private Checker checker(Map<String, VariableType> variables) {
        Checker known = last;
        if (known == null || !known.variables().equals(variables)) {
            known = new Checker(Map.copyOf(variables), new TypeCheck(variables), new ConcurrentHashMap<>());
            last = known;
        }
        return known;
    }

    private static Analysis analysis(String source, Parsed parsed, List<Complaint> complaints) {
        Set<String> tasks = new LinkedHashSet<>();
        boolean item = false;
        for (Parsed.Mention mention : parsed.references()) {
            switch (mention.reference()) {
                case Reference.TaskResult(String task) -> tasks.add(task);
                case Reference.TaskStatus(String task) -> tasks.add(task);
                case Reference.Item _, Reference.Index _ -> item = true;
                case Reference.Variable _, Reference.Fact _, Reference.Secret _ -> {}
            }
        }
        List<Problem> problems =
                complaints.stream().map(complaint -> complaint.problem(source)).toList();
        return new Analysis(List.copyOf(tasks), item, problems);
    }
}
