package dev.ropewalk.format.cel;

import dev.ropewalk.plan.Problem;

/// What is wrong with an expression, and where in its source.
///
/// @param offset characters from its beginning, or -1 if it is the expression as a whole
record Complaint(String code, int offset, String message, String remedy) {

    static final int EVERYWHERE = -1;

    static Complaint invalid(int offset, String message, String remedy) {
        return new Complaint("EXPRESSION_INVALID", offset, message, remedy);
    }

    /// As a problem of a plan; the path is empty.
    Problem problem(String source) {
        String place = offset > 0 && offset < source.length()
                ? "at character %d of the expression: ".formatted(offset + 1)
                : "";
        return new Problem(code, "", place + message, remedy);
    }
}
