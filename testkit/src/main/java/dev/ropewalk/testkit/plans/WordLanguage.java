package dev.ropewalk.testkit.plans;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An expression language of one line, for tests: a word, and what it is about.
///
/// - `tasks.a.result`, `tasks.a.status`, `vars.v`, `secrets.S`, `item`, `index`: that value.
/// - `even X`: whether the hash of the value `X` is even.
/// - `list N X`: a list of 0 to N numbers that depend on the value `X`.
/// - `fail X`: an error.
public final class WordLanguage implements ExpressionLanguage, ExpressionEvaluator {

    /// The value of every secret in a simulated run.
    public static final String CANARY = "canary-7Q4-tweet";

    @Override
    public Analysis analyse(String source, Names names, Expected expected) {
        List<String> tasks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        String[] words = source.split(" ", -1);
        String about = words[words.length - 1];
        boolean item = about.equals("item") || about.equals("index");
        if (about.startsWith("tasks.")) {
            tasks.add(about.split("\\.", -1)[1]);
        }
        if (item && !names.item()) {
            problems.add(new Problem(Problem.EXPRESSION_INVALID, "", "there is no item here", "use it in a forEach"));
        }
        return new Analysis(tasks, item, problems);
    }

    @Override
    public @Nullable Object evaluate(String source, Bindings bindings) throws ExpressionException {
        String[] words = source.split(" ", -1);
        Object value = value(words[words.length - 1], bindings);
        return switch (words[0]) {
            case "even" -> (hash(value) & 1) == 0;
            case "list" -> list(Integer.parseInt(words[1]), hash(value));
            case "fail" -> throw new ExpressionException("this expression always fails");
            default -> value;
        };
    }

    private static @Nullable Object value(String word, Bindings bindings) throws ExpressionException {
        String[] parts = word.split("\\.", -1);
        return switch (parts[0]) {
            case "tasks" -> parts[2].equals("status") ? bindings.taskStatus(parts[1]) : bindings.taskResult(parts[1]);
            case "vars" -> bindings.variable(parts[1]);
            case "secrets" -> bindings.secret(parts[1]);
            case "item" -> bindings.item();
            case "index" -> bindings.index();
            default -> throw new ExpressionException("\"%s\" means nothing".formatted(word));
        };
    }

    private static List<@Nullable Object> list(int longest, int hash) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Integer.remainderUnsigned(hash, longest + 1); i++) {
            list.add((long) (hash % 1000 + i));
        }
        return list;
    }

    /// The same for equal values, whatever the order of their keys.
    private static int hash(@Nullable Object value) {
        return spread(
                switch (value) {
                    case null -> 17;
                    case Map<?, ?> map -> new TreeMap<>(map).toString().hashCode();
                    default -> value.toString().hashCode();
                });
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
