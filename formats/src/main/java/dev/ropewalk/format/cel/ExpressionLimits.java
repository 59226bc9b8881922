package dev.ropewalk.format.cel;

/// What one expression may cost.
///
/// @param length characters of its source
/// @param tokens words, numbers, strings and signs of its source
/// @param cost of one evaluation: an operation costs 1, an element of a list or map that is read or
///     made 1, sixteen characters of text that are read or made 1
public record ExpressionLimits(int length, int tokens, int cost) {

    public static final ExpressionLimits DEFAULT = new ExpressionLimits(10_000, 2_000, 2_000_000);

    public ExpressionLimits {
        if (length < 1 || tokens < 1 || cost < 1) {
            throw new IllegalArgumentException("limits of an expression must be positive: length %d, tokens %d, cost %d"
                    .formatted(length, tokens, cost));
        }
    }
}
