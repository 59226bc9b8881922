package dev.ropewalk.format.cel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parses what most expressions are: a name followed by members, `tasks.fetch.result.items[0]["a b"]`,
/// or a bare constant. It takes a part of CEL's grammar and nothing else, reads it as CEL does, and says
/// of all the rest that it does not know; then CEL's own parser is loaded, which takes a hundred times
/// as long as the whole analysis of a small plan.
final class ChainParser {

    /// Longer chains are left to CEL, which refuses them with a message of its own.
    private static final int MAX_MEMBERS = 50;

    private final String source;
    private int at;

    private ChainParser(String source) {
        this.source = source;
    }

    static Optional<Expr> parse(String source) {
        return Optional.ofNullable(new ChainParser(source).chain());
    }

    private @Nullable Expr chain() {
        String first = name();
        Expr constant = constant(first);
        if (constant != null) {
            return at == source.length() ? constant : null;
        }
        Expr expr = root(first);
        for (int members = 0; expr != null && at < source.length(); members++) {
            expr = members < MAX_MEMBERS ? next(expr) : null;
        }
        return expr;
    }

    private static @Nullable Expr constant(String word) {
        return switch (word) {
            case "true" -> new Operators.Literal(true);
            case "false" -> new Operators.Literal(false);
            case "null" -> new Operators.Literal(null);
            default -> null;
        };
    }

    private @Nullable Expr root(String name) {
        return switch (name) {
            case Names.ITEM -> new Reference.Item();
            case Names.INDEX -> new Reference.Index();
            case Names.VARS -> {
                String key = key();
                yield key == null ? null : new Reference.Variable(key);
            }
            case Names.EXECUTION -> {
                String key = key();
                yield key == null ? null : new Reference.Fact(key);
            }
            case Names.SECRETS -> {
                String key = key();
                yield key == null ? null : new Reference.Secret(key);
            }
            case Names.TASKS -> {
                String task = key();
                yield task == null || !take('.') ? null : ofTask(task, name());
            }
            default -> null;
        };
    }

    static @Nullable Expr ofTask(String task, @Nullable String key) {
        return switch (key) {
            case "result" -> new Reference.TaskResult(task);
            case "status" -> new Reference.TaskStatus(task);
            case null, default -> null;
        };
    }

    private @Nullable Expr next(Expr operand) {
        int start = at;
        String key = key();
        if (key != null) {
            // CEL has no member `["x"]` of a thing with fields, but of maps alone; the two differ only
            // in words when it fails.
            return source.charAt(start) == '.'
                    ? new Access.Member(operand, key)
                    : new Access.At(operand, new Operators.Literal(key));
        }
        at = start;
        Long index = index();
        return index == null ? null : new Access.At(operand, new Operators.Literal(index));
    }

    /// `.name` or `["text"]`.
    private @Nullable String key() {
        if (take('.')) {
            String name = name();
            return Names.isName(name) ? name : null;
        }
        if (!take('[') || at == source.length()) {
            return null;
        }
        char quote = source.charAt(at);
        int end = quote == '"' || quote == '\'' ? source.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            return null;
        }
        String text = source.substring(at + 1, end);
        at = end + 1;
        // An empty pair of quotes may begin a string of three; backslashes and line ends have rules.
        boolean plain = !text.isEmpty() && text.chars().allMatch(c -> c != '\\' && c >= ' ');
        return plain && take(']') ? text : null;
    }

    /// `[17]`
    private @Nullable Long index() {
        if (!take('[')) {
            return null;
        }
        int start = at;
        while (at < source.length() && Names.isDigit(source.charAt(at))) {
            at++;
        }
        int digits = at - start;
        boolean plain = digits > 0 && digits <= 9 && (digits == 1 || source.charAt(start) != '0');
        return plain && take(']') ? Long.valueOf(source.substring(start, at - 1)) : null;
    }

    private String name() {
        int start = at;
        while (at < source.length() && Names.isPart(source.charAt(at))) {
            at++;
        }
        return source.substring(start, at);
    }

    private boolean take(char c) {
        if (at < source.length() && source.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
