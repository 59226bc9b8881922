package dev.ropewalk.format.cel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The operators, and `math.*`.
final class ArithmeticFunctions {

    private ArithmeticFunctions() {}

    static void addTo(Functions.Table table) {
        table.add("_+_", 2, ArithmeticFunctions::add);
        table.add("_-_", 2, onNumbers(Numbers::subtract));
        table.add("_*_", 2, onNumbers(Numbers::multiply));
        table.add("_/_", 2, onNumbers(Numbers::divide));
        table.add("_%_", 2, onNumbers(Numbers::modulo));
        table.add("-_", 1, (a, _) -> Numbers.negate(number(a.get(0))));
        table.add("_==_", 2, (a, run) -> Values.same(a.get(0), a.get(1), run));
        table.add("_!=_", 2, (a, run) -> !Values.same(a.get(0), a.get(1), run));
        table.add("_<_", 2, ordered(order -> order < 0));
        table.add("_<=_", 2, ordered(order -> order <= 0));
        table.add("_>_", 2, ordered(order -> order > 0));
        table.add("_>=_", 2, ordered(order -> order >= 0));
        table.add("@in", 2, ArithmeticFunctions::in);
        table.add("math.abs", 1, (a, _) -> abs(number(a.get(0))));
        table.add("math.sign", 1, (a, _) -> sign(number(a.get(0))));
        table.add("math.ceil", 1, onDouble(Math::ceil));
        table.add("math.floor", 1, onDouble(Math::floor));
        table.add("math.trunc", 1, onDouble(ArithmeticFunctions::truncate));
        table.add("math.round", 1, onDouble(ArithmeticFunctions::round));
        table.add("math.greatest", Functions.ANY_NUMBER, (a, run) -> extreme(a, 1, run));
        table.add("math.least", Functions.ANY_NUMBER, (a, run) -> extreme(a, -1, run));
    }

    static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new Functions.Mismatch();
    }

    private static Functions.Function onNumbers(BinaryOperator<Number> operator) {
        return (arguments, _) -> operator.apply(number(arguments.get(0)), number(arguments.get(1)));
    }

    private static Functions.Function onDouble(ToDoubleFunction<Double> function) {
        return (arguments, _) -> function.applyAsDouble(number(arguments.get(0)).doubleValue());
    }

    private static Functions.Function ordered(IntPredicate holds) {
        return (arguments, run) -> holds.test(Values.compare(arguments.get(0), arguments.get(1), run));
    }

    private static Object add(List<? extends @Nullable Object> arguments, Run run) {
        Object a = arguments.get(0);
        Object b = arguments.get(1);
        if (a instanceof Number x && b instanceof Number y) {
            return Numbers.add(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            run.spendText((long) x.length() + y.length());
            return x.concat(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            run.spend((long) x.size() + y.size());
            @Nullable Object[] both = Arrays.copyOf(x.toArray(), x.size() + y.size());
            int at = x.size();
            for (Object element : y) {
                both[at++] = element;
            }
            return Made.list(both);
        }
        throw new Functions.Mismatch();
    }

    private static boolean in(List<? extends @Nullable Object> arguments, Run run) {
        Object element = arguments.get(0);
        return switch (arguments.get(1)) {
            case Map<?, ?> map -> map.containsKey(element);
            case List<?> list -> {
                for (Object candidate : list) {
                    if (Values.same(element, candidate, run)) {
                        yield true;
                    }
                }
                yield false;
            }
            case null, default -> throw new Functions.Mismatch();
        };
    }

    private static Number abs(Number number) {
        return number instanceof Long whole
                ? whole < 0 ? Numbers.negate(whole) : whole
                : (Number) Math.abs(number.doubleValue());
    }

    private static Number sign(Number number) {
        return number instanceof Long whole
                ? (Number) (long) Long.signum(whole)
                : (Number) Math.signum(number.doubleValue());
    }

    private static double truncate(double number) {
        // Plus zero, which makes of -0.0 what people expect.
        return (number < 0 ? Math.ceil(number) : Math.floor(number)) + 0.0;
    }

    /// Halves go away from zero.
    private static double round(double number) {
        return Math.abs(number) < 1L << 52 ? Math.copySign(Math.floor(Math.abs(number) + 0.5), number) + 0.0 : number;
    }

    /// The largest of several numbers or of a list of them, with `sign` -1 the smallest.
    private static Number extreme(List<? extends @Nullable Object> arguments, int sign, Run run) {
        List<?> numbers = arguments.size() == 1 && arguments.get(0) instanceof List<?> list ? list : arguments;
        run.spend(numbers.size());
        if (numbers.isEmpty()) {
            throw new Failure("an empty list has no %s".formatted(sign > 0 ? "greatest" : "least"));
        }
        Number extreme = number(numbers.get(0));
        for (Object candidate : numbers) {
            Number number = number(candidate);
            if (Integer.signum(Numbers.compare(number, extreme)) == sign) {
                extreme = number;
            }
        }
        return extreme;
    }
}
