package dev.ropewalk.format.cel;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What values are, and when two are the same: by what they say, so 1 equals 1.0, and values of
/// different kinds are never equal.
final class Values {

    private Values() {}

    static String noun(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a string";
            case Boolean _ -> "true or false";
            case Long _, BigInteger _ -> "an integer";
            case Number _ -> "a number";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> value.getClass().getSimpleName();
        };
    }

    /// The number as a `Long` if it is whole and fits, else the value itself.
    static @Nullable Object wholeNumber(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53
                ? (Object) number.longValue()
                : value;
    }

    static boolean same(@Nullable Object a, @Nullable Object b, Run run) {
        run.spend(1);
        if (a instanceof Number x && b instanceof Number y) {
            return Numbers.same(x, y);
        }
        return switch (a) {
            case String text -> b instanceof String other && sameText(text, other, run);
            case List<?> list -> b instanceof List<?> other && sameList(list, other, run);
            case Map<?, ?> map -> b instanceof Map<?, ?> other && sameMap(map, other, run);
            case null, default -> Objects.equals(a, b);
        };
    }

    private static boolean sameText(String a, String b, Run run) {
        if (a.length() == b.length()) {
            run.spendText(a.length());
        }
        return a.equals(b);
    }

    private static boolean sameList(List<?> a, List<?> b, Run run) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            if (!same(element, others.next(), run)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMap(Map<?, ?> a, Map<?, ?> b, Run run) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            boolean there = other != null || b.containsKey(entry.getKey());
            if (!there || !same(entry.getValue(), other, run)) {
                return false;
            }
        }
        return true;
    }

    /// Negative, zero or positive; only numbers, texts and truth values have an order, each among
    /// themselves.
    ///
    /// @throws Failure for others, and for what is not a number
    static int compare(@Nullable Object a, @Nullable Object b, Run run) {
        run.spend(1);
        if (a instanceof Number x && b instanceof Number y) {
            return Numbers.compare(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            run.spendText(Math.min(x.length(), y.length()));
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        throw new Failure("%s and %s have no order".formatted(noun(a), noun(b)));
    }
}
