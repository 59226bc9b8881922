package dev.ropewalk.format.cel;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Arithmetic and order of numbers. JSON does not tell 1 from 1.0, so unlike in plain CEL whole numbers
/// and others may meet: the result is then a `Double`. Whole numbers alone are exact, 64 bits wide, and
/// never wrap around.
final class Numbers {

    private Numbers() {}

    static boolean same(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        boolean finite = isFinite(a) && isFinite(b);
        return finite ? exact(a).compareTo(exact(b)) == 0 : a.doubleValue() == b.doubleValue();
    }

    /// @throws Failure if one of them is not a number
    static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (isFinite(a) && isFinite(b)) {
            return exact(a).compareTo(exact(b));
        }
        if (Double.isNaN(a.doubleValue()) || Double.isNaN(b.doubleValue())) {
            throw new Failure("NaN has no order");
        }
        return Double.compare(a.doubleValue(), b.doubleValue());
    }

    static Number add(Number a, Number b) {
        if (!bothWhole(a, b)) {
            return a.doubleValue() + b.doubleValue();
        }
        long x = whole(a);
        long y = whole(b);
        long sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0 ? overflow("+") : (Number) sum;
    }

    static Number subtract(Number a, Number b) {
        if (!bothWhole(a, b)) {
            return a.doubleValue() - b.doubleValue();
        }
        long x = whole(a);
        long y = whole(b);
        long difference = x - y;
        return ((x ^ y) & (x ^ difference)) < 0 ? overflow("-") : (Number) difference;
    }

    static Number multiply(Number a, Number b) {
        if (!bothWhole(a, b)) {
            return a.doubleValue() * b.doubleValue();
        }
        long high = Math.multiplyHigh(whole(a), whole(b));
        long low = whole(a) * whole(b);
        return high == low >> 63 ? (Number) low : overflow("*");
    }

    static Number divide(Number a, Number b) {
        if (!bothWhole(a, b)) {
            return a.doubleValue() / b.doubleValue();
        }
        if (whole(b) == 0) {
            throw new Failure("division by zero");
        }
        return whole(a) == Long.MIN_VALUE && whole(b) == -1 ? overflow("/") : (Number) (whole(a) / whole(b));
    }

    static Number modulo(Number a, Number b) {
        if (!bothWhole(a, b)) {
            throw new Failure("% takes integers alone");
        }
        if (whole(b) == 0) {
            throw new Failure("division by zero");
        }
        return whole(a) % whole(b);
    }

    static Number negate(Number a) {
        if (!bothWhole(a, 0L)) {
            return -a.doubleValue();
        }
        return whole(a) == Long.MIN_VALUE ? overflow("-") : (Number) (-whole(a));
    }

    private static Number overflow(String operator) {
        throw new Failure(
                "the result of %s is beyond 64 bits; write double(…) to compute with fewer digits".formatted(operator));
    }

    private static boolean bothWhole(Number a, Number b) {
        return (a instanceof Long || a instanceof BigInteger) && (b instanceof Long || b instanceof BigInteger);
    }

    private static long whole(Number number) {
        if (number instanceof Long value) {
            return value;
        }
        throw new Failure("an integer is beyond 64 bits; write double(…) to compute with fewer digits");
    }

    private static boolean isFinite(Number number) {
        return number instanceof Double value ? Double.isFinite(value) : true;
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case Long value -> BigDecimal.valueOf(value);
            case Double value -> new BigDecimal(value);
            case BigInteger value -> new BigDecimal(value);
            case BigDecimal value -> value;
            default -> throw new IllegalStateException("not a number of JSON: " + number.getClass());
        };
    }
}
