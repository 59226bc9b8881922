package dev.ropewalk.format.cel;

import java.util.Optional;

/// Refuses sources that are so large that the parser, which is slow on a cold start, would take longer
/// than anybody should wait for an error.
final class Size {

    private Size() {}

    static Optional<Complaint> check(String source, ExpressionLimits limits) {
        if (source.isBlank()) {
            return Optional.of(Complaint.invalid(
                    Complaint.EVERYWHERE, "the expression is empty", "write one, or $${ for the characters ${"));
        }
        if (source.length() > limits.length()) {
            return tooLarge("the expression has %,d characters; the limit is %,d", source.length(), limits.length());
        }
        int tokens = Lexis.tokens(source, limits.tokens() + 1);
        return tokens > limits.tokens()
                ? tooLarge("the expression has at least %,d words and signs; the limit is %,d", tokens, limits.tokens())
                : Optional.empty();
    }

    private static Optional<Complaint> tooLarge(String message, int found, int limit) {
        return Optional.of(new Complaint(
                "LIMIT_EXCEEDED",
                Complaint.EVERYWHERE,
                message.formatted(found, limit),
                "compute the value in a task"));
    }
}
