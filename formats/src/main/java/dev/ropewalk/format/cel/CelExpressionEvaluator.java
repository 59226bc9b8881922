package dev.ropewalk.format.cel;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Evaluates CEL. Pure, bounded by [ExpressionLimits], safe for use by several threads; what was parsed
/// last is kept.
public final class CelExpressionEvaluator implements ExpressionEvaluator {

    private static final int KEPT = 1_000;

    private final ExpressionLimits limits;
    private final Map<String, Program> programs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
            return size() > KEPT;
        }
    };

    public CelExpressionEvaluator() {
        this(ExpressionLimits.DEFAULT);
    }

    public CelExpressionEvaluator(ExpressionLimits limits) {
        this.limits = limits;
    }

    @Override
    public @Nullable Object evaluate(String source, Bindings bindings) throws ExpressionException {
        return program(source).evaluate(source, bindings, limits.cost());
    }

    private Program program(String source) throws ExpressionException {
        synchronized (programs) {
            Program known = programs.get(source);
            if (known != null) {
                return known;
            }
        }
        // Parsing the same source twice at once does no harm; waiting for the other thread would.
        Program program = parse(source);
        synchronized (programs) {
            programs.put(source, program);
        }
        return program;
    }

    private Program parse(String source) throws ExpressionException {
        Parsed parsed = Parser.parse(source, limits);
        if (parsed.complaints().isEmpty()) {
            return parsed.program();
        }
        throw new ExpressionException(
                parsed.complaints().getFirst().problem(source).message());
    }
}
