package dev.ropewalk.value;

import dev.ropewalk.plan.Template;
import dev.ropewalk.value.Evaluation.Arguments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Arguments without expressions, which are the same in every execution of a plan and every attempt of
/// a task: read and digested once. Holds at most some megabytes. Safe for use by several threads.
final class ConstantArguments {

    private static final int MAX_BYTES = 4 * 1024;
    private static final int MAX_ENTRIES = 1_000;

    private final Map<Template.Literal, Arguments> known = new ConcurrentHashMap<>();

    @Nullable
    Arguments find(Template template) {
        return template instanceof Template.Literal literal && isSmall(literal) ? known.get(literal) : null;
    }

    void remember(Template template, Arguments arguments) {
        if (template instanceof Template.Literal literal && isSmall(literal)) {
            if (known.size() >= MAX_ENTRIES) {
                known.clear();
            }
            known.put(literal, arguments);
        }
    }

    private static boolean isSmall(Template.Literal literal) {
        return literal.value().size() <= MAX_BYTES;
    }
}
