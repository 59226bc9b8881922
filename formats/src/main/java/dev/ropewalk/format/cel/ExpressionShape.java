package dev.ropewalk.format.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An expression with the ids of its tasks taken out. To the checker all tasks are alike, so of two
/// expressions of one shape both are sound or neither. Large plans are written by programs, with the same
/// expression in every task, and to check one takes CEL most of a millisecond.
///
/// Strings and comments are left as they are: what looks like a reference there only makes two shapes
/// differ that need not.
///
/// @param text the source, with the number of its task for each id
/// @param tasks the ids in order of appearance, each once
record ExpressionShape(String text, List<String> tasks) {

    ExpressionShape {
        tasks = List.copyOf(tasks);
    }

    /// Empty if `tasks` stands there otherwise than in `tasks.id`, for instance as the variable of a
    /// macro: what follows it then is no id.
    static Optional<ExpressionShape> of(String source) {
        StringBuilder text = new StringBuilder(source.length());
        List<String> tasks = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            int end = partEnd(source, at);
            text.append(source, at, end);
            if (isTasks(source, at, end)) {
                String id = id(source, end);
                if (id == null) {
                    return Optional.empty();
                }
                if (!tasks.contains(id)) {
                    tasks.add(id);
                }
                // No source has this character where a number follows it.
                text.append('\0').append(tasks.indexOf(id));
                end += 1 + id.length();
            }
            at = end;
        }
        return Optional.of(new ExpressionShape(text.toString(), tasks));
    }

    /// The end of the string, word or single sign at `from`.
    private static int partEnd(String source, int from) {
        char c = source.charAt(from);
        if (c == '"' || c == '\'') {
            return Lexis.stringEnd(source, from);
        }
        int end = from;
        while (end < source.length() && Names.isPart(source.charAt(end))) {
            end++;
        }
        return Math.max(end, from + 1);
    }

    private static boolean isTasks(String source, int from, int end) {
        return source.startsWith(Names.TASKS, from)
                && end - from == Names.TASKS.length()
                && !source.substring(0, from).stripTrailing().endsWith(".");
    }

    /// The name behind the point at `from`; null if there is none, or if it is called.
    private static @Nullable String id(String source, int from) {
        if (from + 1 >= source.length() || source.charAt(from) != '.') {
            return null;
        }
        int end = partEnd(source, from + 1);
        String id = source.substring(from + 1, end);
        return Names.isName(id) && !source.substring(end).stripLeading().startsWith("(") ? id : null;
    }
}
