package dev.ropewalk.format.cel;

import dev.ropewalk.plan.Quoted;
import java.util.List;
import java.util.Set;

/// The names that expressions may begin with, and how members are written.
final class Names {

    static final String VARS = "vars";
    static final String TASKS = "tasks";
    static final String ITEM = "item";
    static final String INDEX = "index";
    static final String EXECUTION = "execution";
    static final String SECRETS = "secrets";

    static final List<String> ROOTS = List.of(VARS, TASKS, ITEM, INDEX, EXECUTION, SECRETS);

    /// What is known of a task.
    static final List<String> OF_TASK = List.of("result", "status");

    /// What is known of an execution, see [dev.ropewalk.expression.Bindings#execution].
    static final List<String> OF_EXECUTION = List.of("id", "name", "version", "startedAt");

    /// CEL reads these as words of its own wherever they stand.
    private static final Set<String> KEYWORDS = Set.of("in", "true", "false", "null");

    private Names() {}

    /// Whether CEL takes `text` as a name behind a point.
    static boolean isName(String text) {
        if (text.isEmpty() || KEYWORDS.contains(text) || isDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// `.name`, or `["a-b"]` where a point would not do.
    static String member(String name) {
        return isName(name) ? '.' + name : '[' + Quoted.of(name) + ']';
    }

    static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
