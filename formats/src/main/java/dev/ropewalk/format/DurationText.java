package dev.ropewalk.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Durations as people write them: `30s`, `1h30m`, `250ms`, `1.5h`, `2d`, each unit once, the largest
/// first; or by ISO 8601: `PT30S`, `P1DT12H`.
public final class DurationText {

    private record Unit(String name, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("d", 86_400_000_000_000L),
            new Unit("h", 3_600_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("s", 1_000_000_000L),
            new Unit("ms", 1_000_000L));

    private static final int LONGEST = 40;

    private DurationText() {}

    /// The duration, or empty if the text is none.
    public static Optional<Duration> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.charAt(0) == 'P' ? iso(text) : units(text);
    }

    private static Optional<Duration> iso(String text) {
        try {
            // The JDK also takes lower case, signs and a comma, which our schema does not.
            return text.chars().allMatch(c -> "PDTHMS.0123456789".indexOf(c) >= 0)
                    ? Optional.of(Duration.parse(text))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> units(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        int lastUnit = -1;
        int at = 0;
        while (at < text.length()) {
            int numberEnd = numberEnd(text, at);
            int unitEnd = unitEnd(text, numberEnd);
            int unit = unit(text.substring(numberEnd, unitEnd));
            if (numberEnd == at || unit <= lastUnit) {
                return Optional.empty();
            }
            BigDecimal number = new BigDecimal(text.substring(at, numberEnd));
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(UNITS.get(unit).nanos())));
            lastUnit = unit;
            at = unitEnd;
        }
        BigInteger[] seconds = nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return seconds[0].bitLength() < Long.SIZE
                ? Optional.of(Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue()))
                : Optional.empty();
    }

    /// The end of `digits` or `digits.digits`; `from` if there is no such number.
    private static int numberEnd(String text, int from) {
        int whole = digitsEnd(text, from);
        if (whole == from || whole == text.length() || text.charAt(whole) != '.') {
            return whole;
        }
        int fraction = digitsEnd(text, whole + 1);
        return fraction == whole + 1 ? from : fraction;
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int unitEnd(String text, int from) {
        int end = from;
        while (end < text.length() && !isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int unit(String name) {
        for (int i = 0; i < UNITS.size(); i++) {
            if (UNITS.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
