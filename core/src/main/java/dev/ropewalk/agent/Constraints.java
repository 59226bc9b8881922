package dev.ropewalk.agent;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Matches constraints against labels, by the rules of
/// [dev.ropewalk.plan.ResourceRequirement#constraints()].
final class Constraints {

    private static final int PREFIX = "min".length();

    private Constraints() {}

    static boolean hold(Map<String, String> constraints, Map<String, String> labels) {
        for (Map.Entry<String, String> constraint : constraints.entrySet()) {
            if (!holds(constraint.getKey(), constraint.getValue(), labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String key, String asked, Map<String, String> labels) {
        String label = labels.get(key);
        if (label != null) {
            return label.equals(asked) || compare(label, asked).orElse(1) == 0;
        }
        if (key.length() > PREFIX && key.startsWith("min")) {
            return compare(labels.get(bounded(key)), asked).orElse(-1) >= 0;
        }
        return key.length() > PREFIX
                && key.startsWith("max")
                && compare(labels.get(bounded(key)), asked).orElse(1) <= 0;
    }

    /// `minMemory` bounds `memory`.
    private static String bounded(String key) {
        return key.substring(PREFIX, PREFIX + 1).toLowerCase(Locale.ROOT) + key.substring(PREFIX + 1);
    }

    /// Empty unless both are numbers.
    private static OptionalInt compare(@Nullable String label, String asked) {
        if (label == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(new BigDecimal(label).compareTo(new BigDecimal(asked)));
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }
}
