package dev.ropewalk.format.cel;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Quoted;
import org.jspecify.annotations.Nullable;

/// An expression ready to be evaluated, any number of times, by several threads.
///
/// @param root what to evaluate
/// @param locals how many variables it introduces that live at the same time
record Program(Expr root, int locals) {

    /// @param source for the message if there is no value
    /// @param maxCost see [ExpressionLimits#cost]
    @Nullable
    Object evaluate(String source, Bindings bindings, int maxCost) throws ExpressionException {
        try {
            Object value = root.value(new Run(bindings, locals, maxCost));
            // What was made may describe more than it holds, so that has a budget of its own.
            Made.measure(value, new Run(bindings, 0, maxCost));
            return value;
        } catch (Failure.Unbound e) {
            throw e.reason;
        } catch (Failure e) {
            throw new ExpressionException(e.getMessage() + " (in ${" + shortened(source) + "})", e);
        }
    }

    private static String shortened(String source) {
        return Quoted.escaped(source, 120);
    }
}
