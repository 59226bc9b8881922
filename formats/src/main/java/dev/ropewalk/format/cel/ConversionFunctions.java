package dev.ropewalk.format.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that turn values of one kind into another.
final class ConversionFunctions {

    private ConversionFunctions() {}

    static void addTo(Functions.Table table) {
        table.add("dyn", 1, (a, _) -> a.get(0));
        table.add("int", 1, ConversionFunctions::toInt);
        table.add("double", 1, ConversionFunctions::toDouble);
        table.add("string", 1, ConversionFunctions::toText);
        table.add("bool", 1, ConversionFunctions::toBool);
        table.add("toJson", 1, (a, run) -> JsonText.write(a.get(0), run));
        table.add("fromJson", 1, (a, run) -> JsonText.read(TextFunctions.text(a, 0, run), run));
    }

    private static Object toInt(List<? extends @Nullable Object> arguments, Run run) {
        return switch (arguments.get(0)) {
            case Long number -> number;
            case BigInteger _ -> throw tooLarge();
            case Number number -> truncated(number);
            case String text -> {
                run.spendText(text.length());
                try {
                    yield Long.valueOf(text);
                } catch (NumberFormatException _) {
                    throw new Failure("int: the string is not an integer of 64 bits");
                }
            }
            case null, default -> throw new Functions.Mismatch();
        };
    }

    private static Long truncated(Number number) {
        double value = number.doubleValue();
        // The largest long is not a double; the first double that is no long is 2^63.
        if (value > -0x1p63 && value < 0x1p63) {
            return (long) value;
        }
        throw tooLarge();
    }

    private static Failure tooLarge() {
        return new Failure("int: the number is beyond 64 bits");
    }

    private static Object toDouble(List<? extends @Nullable Object> arguments, Run run) {
        return switch (arguments.get(0)) {
            case Number number -> number.doubleValue();
            case String text -> {
                run.spendText(text.length());
                try {
                    yield Double.valueOf(text);
                } catch (NumberFormatException _) {
                    throw new Failure("double: the string is not a number");
                }
            }
            case null, default -> throw new Functions.Mismatch();
        };
    }

    private static String toText(List<? extends @Nullable Object> arguments, Run run) {
        return switch (arguments.get(0)) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> Long.toString(number.longValue());
            case BigDecimal number -> {
                run.spendText(number.precision());
                yield number.toString();
            }
            case Number number -> number.toString();
            case null, default -> throw new Functions.Mismatch();
        };
    }

    private static Object toBool(List<? extends @Nullable Object> arguments, Run run) {
        return switch (arguments.get(0)) {
            case Boolean truth -> truth;
            case String text -> {
                run.spend(1);
                yield switch (text) {
                    case "true", "True", "TRUE", "t", "1" -> true;
                    case "false", "False", "FALSE", "f", "0" -> false;
                    default -> throw new Failure("bool: the string is not true or false");
                };
            }
            case null, default -> throw new Functions.Mismatch();
        };
    }
}
