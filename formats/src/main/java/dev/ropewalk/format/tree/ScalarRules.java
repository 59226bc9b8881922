package dev.ropewalk.format.tree;

import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;

/// What no value of a plan may be, in either format: a number of a million digits, a text that is not
/// Unicode.
final class ScalarRules {

    /// A double reaches 308; anything above is a mistake or an attack on whoever writes out all digits.
    private static final int LARGEST_EXPONENT = 999;

    private final TreeLimits limits;
    private final ProblemSink problems;

    ScalarRules(TreeLimits limits, ProblemSink problems) {
        this.limits = limits;
        this.problems = problems;
    }

    void check(Scalar scalar, Location place) {
        switch (scalar.kind()) {
            case TEXT -> checkText(scalar.at(), scalar.text(), place);
            case INTEGER, DECIMAL -> checkNumber(scalar, place);
            case BOOLEAN, NULL -> {}
        }
    }

    void checkText(Position at, String text, Location place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                String message = "half of a character: \\u%04x is one of two surrogates".formatted((int) c);
                problems.add(at, place, "INVALID_ENCODING", message, "write the character itself");
                return;
            }
        }
    }

    private void checkNumber(Scalar number, Location place) {
        String text = number.text();
        if (text.length() > limits.numberLength()) {
            String message =
                    "a number of %d characters; the limit is %d".formatted(text.length(), limits.numberLength());
            problems.add(number.at(), place, "LIMIT_EXCEEDED", message, "write it as a string in quotes");
        } else if (number.kind() == Kind.DECIMAL && exponent(text) > LARGEST_EXPONENT) {
            String message = "%s has an exponent beyond %d".formatted(Quoted.escaped(text, 40), LARGEST_EXPONENT);
            problems.add(number.at(), place, "LIMIT_EXCEEDED", message, "write it as a string in quotes");
        }
    }

    private static long exponent(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return 0;
        }
        String digits = number.substring(e + 1).replace("-", "").replace("+", "");
        return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
