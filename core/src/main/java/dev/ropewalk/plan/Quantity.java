package dev.ropewalk.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Amounts as people write them, `1.5` or `512MiB`, kept to the last digit: what is counted against a
/// capacity or a budget is never rounded.
public final class Quantity {

    /// The digits behind the point of an amount of a resource, and of a value.
    public static final int MILLI = 3;

    /// The digits behind the point of money.
    public static final int MICRO = 6;

    /// The most of anything, in thousandths: two of them can still be added.
    static final long MOST_MILLI = 4_000_000_000_000_000_000L;

    /// The most money, in millionths.
    static final long MOST_MICRO = 1_000_000_000_000_000_000L;

    private static final int LONGEST = 40;

    private record Size(String unit, BigDecimal bytes) {
        static Size of(String unit, long bytes) {
            return new Size(unit, BigDecimal.valueOf(bytes));
        }
    }

    /// Longer units first, because `MiB` ends in `B`.
    private static final List<Size> SIZES = List.of(
            Size.of("PiB", 1L << 50),
            Size.of("TiB", 1L << 40),
            Size.of("GiB", 1L << 30),
            Size.of("MiB", 1L << 20),
            Size.of("KiB", 1L << 10),
            Size.of("PB", 1_000_000_000_000_000L),
            Size.of("TB", 1_000_000_000_000L),
            Size.of("GB", 1_000_000_000L),
            Size.of("MB", 1_000_000L),
            Size.of("kB", 1_000L),
            Size.of("B", 1));

    private Quantity() {}

    /// A number, or a size in bytes; empty if the text is neither.
    public static Optional<BigDecimal> parse(String text) {
        if (isSize(text)) {
            Size size = SIZES.stream()
                    .filter(each -> text.endsWith(each.unit()))
                    .findFirst()
                    .orElseThrow();
            String number = text.substring(0, text.length() - size.unit().length());
            return plain(number).map(size.bytes()::multiply);
        }
        return number(text);
    }

    /// Whether the text ends in a unit of sizes.
    public static boolean isSize(String text) {
        return text.endsWith("B") && SIZES.stream().anyMatch(size -> text.endsWith(size.unit()));
    }

    /// `value` as a whole number of its `decimals`-th decimal places; empty if it has more of them, or is
    /// too large for a `long`.
    public static OptionalLong scaled(BigDecimal value, int decimals) {
        // 1e999999999 has few digits of its own, but must not be written out.
        if (value.signum() != 0 && (long) value.precision() - value.scale() > 2 * LONGEST) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(value.movePointRight(decimals).longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /// As [#scaled], for values of a program.
    ///
    /// @throws IllegalArgumentException if there is no such number
    static long exactly(BigDecimal value, int decimals) {
        return scaled(value, decimals)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has more than %d decimals or is too large".formatted(value, decimals)));
    }

    /// As [#parse] and [#exactly].
    static long exactly(String text, int decimals) {
        BigDecimal value = parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        Quoted.of(text) + " is not an amount; write it like 1.5 or 512MiB"));
        return exactly(value, decimals);
    }

    /// An amount for people: `1.5 cores`, `256 MiB`.
    public static String shown(long milli, String unit) {
        if (unit.equals("bytes") && milli % 1_000 == 0) {
            long bytes = milli / 1_000;
            for (Size size : SIZES.subList(0, 5)) {
                long each = size.bytes().longValue();
                if (bytes >= each && bytes % each == 0) {
                    return Quoted.count(bytes / each) + " " + size.unit();
                }
            }
        }
        return plain(milli, MILLI) + (unit.isEmpty() ? "" : " " + unit);
    }

    /// `value` of its `decimals`-th decimal places, written out.
    static String plain(long value, int decimals) {
        return BigDecimal.valueOf(value, decimals).stripTrailingZeros().toPlainString();
    }

    private static Optional<BigDecimal> plain(String text) {
        int point = text.indexOf('.');
        boolean digits =
                point < 0 ? isDigits(text) : isDigits(text.substring(0, point)) && isDigits(text.substring(point + 1));
        return digits ? number(text) : Optional.empty();
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
