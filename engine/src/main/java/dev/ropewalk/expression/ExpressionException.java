package dev.ropewalk.expression;

/// An expression has no value; the task that needed it fails with the code [#CODE].
public final class ExpressionException extends Exception {

    /// Of the failure that the engine records; never retried.
    public static final String CODE = "EXPRESSION";

    private static final long serialVersionUID = 1L;

    /// @param message what went wrong and what would do; names the keys it met, never their values
    public ExpressionException(String message) {
        super(message);
    }

    public ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }
}
