package dev.ropewalk.expression;

import org.jspecify.annotations.Nullable;

/// Computes the values of expressions. Expressions are pure: the same source with the same bindings
/// gives the same value, today and after a restart.
///
/// Safe for use by several threads. Never called on the engine's loop. An implementation bounds the
/// time and memory of one evaluation by itself. It is found through `ServiceLoader` and has a public
/// constructor without parameters that loads nothing heavy.
public interface ExpressionEvaluator {

    /// The value of `source`, the text between `${` and `}`.
    ///
    /// @param bindings asked only for what the expression refers to
    /// @return a value of JSON, see the package; what was bound may be in it, unchanged
    /// @throws ExpressionException if it has no value: a missing key, a wrong type, a limit passed. The
    ///     same evaluation would fail again, so there is nothing to retry
    @Nullable
    Object evaluate(String source, Bindings bindings) throws ExpressionException;
}
