package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Quantity;
import dev.ropewalk.plan.Quoted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads amounts as they are written, digit by digit: none is rounded, and what cannot be kept exactly is
/// refused.
final class AmountForm {

    /// More than any pool may have; it stands for a capacity that was refused already.
    static final long MOST_MILLI = 4_000_000_000_000_000_000L;

    private final Form form;

    AmountForm(Form form) {
        this.form = form;
    }

    /// Above zero, in thousandths; also a size such as `512MiB`, in thousandths of a byte.
    OptionalLong size(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text) && kind == Kind.TEXT) {
            Optional<BigDecimal> size = Quantity.isSize(text) ? Quantity.parse(text) : Optional.empty();
            if (size.isEmpty()) {
                form.wrongType(field, "an amount belongs here", "write a number such as 1.5, or a size such as 512MiB");
                return OptionalLong.empty();
            }
            return scaled(field, size.get(), Quantity.MILLI, false);
        }
        return number(field, Quantity.MILLI, false);
    }

    static boolean isSize(Field field) {
        return field.node() instanceof Scalar(Position _, Kind kind, String text)
                && kind == Kind.TEXT
                && Quantity.isSize(text);
    }

    /// From zero on, in thousandths.
    OptionalLong milli(Field field) {
        return number(field, Quantity.MILLI, true);
    }

    /// From zero on, in millionths.
    OptionalLong money(Field field) {
        return number(field, Quantity.MICRO, true);
    }

    /// In millionths.
    OptionalLong moneyAboveZero(Field field) {
        return number(field, Quantity.MICRO, false);
    }

    /// A whole number above zero.
    OptionalLong whole(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String _) && kind == Kind.INTEGER) {
            return number(field, 0, false);
        }
        form.wrongType(field, "an integer belongs here", "write a number such as 3");
        return OptionalLong.empty();
    }

    /// As [#whole], and 0 if it was refused.
    int positive(Field field) {
        OptionalLong number = whole(field);
        if (number.isPresent() && number.getAsLong() > Integer.MAX_VALUE) {
            tooLarge(field, Quoted.count(number.getAsLong()));
            return 0;
        }
        return (int) number.orElse(0);
    }

    /// A duration in microseconds; empty if it was refused.
    OptionalLong micros(Field field) {
        Optional<Duration> duration = form.duration(field);
        if (duration.isEmpty()) {
            return OptionalLong.empty();
        }
        if (duration.get().compareTo(Duration.ofDays(3_650)) > 0) {
            tooLarge(field, ((Scalar) field.node()).text());
            return OptionalLong.empty();
        }
        // Less than a microsecond is not nothing.
        return OptionalLong.of(
                duration.get().isZero() ? 0 : Math.max(1, duration.get().toNanos() / 1_000));
    }

    /// Names and their values: texts, numbers as they are written, true and false.
    Map<String, String> attributes(Field field, String what) {
        if (!(field.node() instanceof Node.Mapping mapping)) {
            form.wrongType(field, what + " is a map", "write `name: value` for each of them");
            return Map.of();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            if (entry.value() instanceof Scalar(Position _, Kind kind, String text) && kind != Kind.NULL) {
                attributes.put(entry.key(), text);
            } else {
                form.wrongType(field.entry(entry), "a value belongs here", "write a string, a number, true or false");
            }
        }
        return attributes;
    }

    private OptionalLong number(Field field, int decimals, boolean zero) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text)
                && (kind == Kind.INTEGER || kind == Kind.DECIMAL)) {
            return scaled(field, new BigDecimal(text), decimals, zero);
        }
        form.wrongType(field, "a number belongs here", "write a number such as 1.5");
        return OptionalLong.empty();
    }

    private OptionalLong scaled(Field field, BigDecimal value, int decimals, boolean zero) {
        String text = Quoted.escaped(((Scalar) field.node()).text(), 40);
        if (value.signum() < 0 || (value.signum() == 0 && !zero)) {
            form.add(
                    field,
                    "INVALID_VALUE",
                    "%s is not %s".formatted(text, zero ? "zero or more" : "more than zero"),
                    "leave it out for none");
            return OptionalLong.empty();
        }
        OptionalLong scaled = Quantity.scaled(value, decimals);
        if (scaled.isEmpty()) {
            // What is large has no decimals to speak of.
            if (value.compareTo(BigDecimal.valueOf(1_000_000_000_000L)) > 0) {
                tooLarge(field, text);
            } else {
                form.add(
                        field,
                        "INVALID_VALUE",
                        "%s has more than %d decimals".formatted(text, decimals),
                        "round it yourself: nothing here is rounded");
            }
        }
        return scaled;
    }

    private void tooLarge(Field field, String text) {
        form.add(field, "INVALID_VALUE", "%s is too large".formatted(text), "write a smaller number");
    }
}
