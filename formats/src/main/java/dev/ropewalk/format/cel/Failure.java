package dev.ropewalk.format.cel;

import dev.ropewalk.expression.ExpressionException;

/// Why an evaluation has no value. Unchecked, because it crosses the callbacks of lists and comparators
/// on its way out; [Program#evaluate] turns it into an [ExpressionException].
sealed class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message, null, false, false);
    }

    /// The budget is spent. Unlike other failures, no `||` or `&&` goes on after it.
    static final class Spent extends Failure {
        private static final long serialVersionUID = 1L;

        Spent(int limit) {
            super("the expression does more than its limit of %,d operations; compute the value in a task"
                    .formatted(limit));
        }
    }

    /// A name has no value; the cause says why.
    static final class Unbound extends Failure {
        private static final long serialVersionUID = 1L;

        final ExpressionException reason;

        Unbound(ExpressionException reason) {
            super(String.valueOf(reason.getMessage()));
            this.reason = reason;
        }
    }
}
