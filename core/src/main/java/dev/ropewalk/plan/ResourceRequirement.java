package dev.ropewalk.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// An amount of a resource that is needed for a time.
///
/// @param type what is needed: a pool is chosen among those of this type
/// @param milliAmount in thousandths of the pool's unit, more than 0
/// @param durationMicros how long it is thought to be held; 0 for as long as the attempt runs
/// @param priority from 0 to 10: who goes first where several wait for the same pool
/// @param constraints what the pool's (or agent's) attributes must be: equal as text, numbers as
///     numbers and sizes; a key `minX` asks that the attribute `x` is at least, `maxX` that it is at most
///     so much, unless there is an attribute of that very name
public record ResourceRequirement(
        String type, long milliAmount, long durationMicros, int priority, Map<String, String> constraints) {

    /// The priority of a requirement that states none.
    public static final int DEFAULT_PRIORITY = 5;

    public ResourceRequirement {
        Objects.requireNonNull(type, "type");
        constraints = Map.copyOf(constraints);
    }

    /// @param amount such as `1`, `1.5` or `256MiB`
    /// @throws IllegalArgumentException if that is no amount
    public static ResourceRequirement of(String type, String amount) {
        return new ResourceRequirement(type, Quantity.exactly(amount, Quantity.MILLI), 0, DEFAULT_PRIORITY, Map.of());
    }

    public ResourceRequirement withDuration(Duration duration) {
        return new ResourceRequirement(type, milliAmount, duration.toNanos() / 1_000, priority, constraints);
    }

    public ResourceRequirement withPriority(int value) {
        return new ResourceRequirement(type, milliAmount, durationMicros, value, constraints);
    }

    public ResourceRequirement withConstraints(Map<String, String> values) {
        return new ResourceRequirement(type, milliAmount, durationMicros, priority, values);
    }

    /// Whether something with these attributes fulfils all constraints.
    public boolean matches(Map<String, String> attributes) {
        for (Map.Entry<String, String> constraint : constraints.entrySet()) {
            if (!fulfilled(constraint.getKey(), constraint.getValue(), attributes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fulfilled(String key, String wanted, Map<String, String> attributes) {
        String found = attributes.get(key);
        if (found != null) {
            return found.equals(wanted) || compared(found, wanted).orElse(1) == 0;
        }
        if (isBound(key, "min")) {
            return compared(attributes.get(bounded(key)), wanted).orElse(-1) >= 0;
        }
        return isBound(key, "max")
                && compared(attributes.get(bounded(key)), wanted).orElse(1) <= 0;
    }

    private static boolean isBound(String key, String prefix) {
        return key.length() > 3 && key.startsWith(prefix) && Character.isUpperCase(key.charAt(3));
    }

    /// `memory` of `minMemory`.
    private static String bounded(String key) {
        return Character.toLowerCase(key.charAt(3)) + key.substring(4);
    }

    /// Empty unless both are numbers, or sizes.
    private static OptionalInt compared(@Nullable String found, String wanted) {
        Optional<BigDecimal> left = found == null ? Optional.empty() : Quantity.parse(found);
        Optional<BigDecimal> right = Quantity.parse(wanted);
        return left.isPresent() && right.isPresent()
                ? OptionalInt.of(left.get().compareTo(right.get()))
                : OptionalInt.empty();
    }
}
