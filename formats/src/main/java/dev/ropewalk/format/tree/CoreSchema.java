package dev.ropewalk.format.tree;

import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Scalar;
import java.math.BigInteger;
import java.util.Set;

/// What an unquoted YAML scalar means by the core schema of YAML 1.2: `yes`, `on` and dates are texts,
/// `0o17` and `0x1F` are numbers. Numbers get their JSON form and lose no digit.
///
/// Source: YAML 1.2.2, section 10.3.2, tag resolution.
final class CoreSchema {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    private static final Set<String> NOT_FINITE = Set.of(".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN");

    private CoreSchema() {}

    static Scalar resolve(Position at, String text) {
        if (NULLS.contains(text)) {
            return new Scalar(at, Kind.NULL, "null");
        }
        if (TRUES.contains(text)) {
            return new Scalar(at, Kind.BOOLEAN, "true");
        }
        if (FALSES.contains(text)) {
            return new Scalar(at, Kind.BOOLEAN, "false");
        }
        return startsLikeNumber(text.charAt(0)) ? number(at, text) : new Scalar(at, Kind.TEXT, text);
    }

    /// Whether it stands for an infinity or for what is not a number, which JSON cannot say.
    static boolean isNotFinite(String text) {
        char sign = text.isEmpty() ? ' ' : text.charAt(0);
        return NOT_FINITE.contains(isSign(sign) ? text.substring(1) : text);
    }

    private static boolean startsLikeNumber(char c) {
        return isDigit(c) || isSign(c) || c == '.';
    }

    private static Scalar number(Position at, String text) {
        if (text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) == 'x' || text.charAt(1) == 'o')) {
            int radix = text.charAt(1) == 'x' ? 16 : 8;
            String digits = text.substring(2);
            return digits.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128)
                    ? new Scalar(at, Kind.INTEGER, new BigInteger(digits, radix).toString())
                    : new Scalar(at, Kind.TEXT, text);
        }
        return decimal(at, text);
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static Scalar decimal(Position at, String text) {
        int sign = isSign(text.charAt(0)) ? 1 : 0;
        int whole = digitsFrom(text, sign);
        boolean point = whole < text.length() && text.charAt(whole) == '.';
        int fraction = point ? digitsFrom(text, whole + 1) : whole;
        int end = exponentFrom(text, fraction);
        boolean digits = whole > sign || (fraction > whole + 1);
        if (end != text.length() || !digits) {
            return new Scalar(at, Kind.TEXT, text);
        }
        StringBuilder json = new StringBuilder(text.length() + 2);
        json.append(text.charAt(0) == '-' ? "-" : "");
        json.append(withoutLeadingZeros(text.substring(sign, whole)));
        if (point) {
            json.append('.').append(fraction == whole + 1 ? "0" : text.substring(whole + 1, fraction));
        }
        json.append(text, fraction, end);
        Kind kind = point || end > fraction ? Kind.DECIMAL : Kind.INTEGER;
        return new Scalar(at, kind, json.toString());
    }

    private static int exponentFrom(String text, int from) {
        if (from >= text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
            return from;
        }
        int start = from + 1;
        if (start < text.length() && isSign(text.charAt(start))) {
            start++;
        }
        int end = digitsFrom(text, start);
        return end == start ? from : end;
    }

    private static int digitsFrom(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String withoutLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return digits.isEmpty() ? "0" : digits.substring(first);
    }
}
