package dev.ropewalk.resource;

import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;
import java.math.BigDecimal;
import java.util.Map;

/// Whether what a requirement asks for is what a pool's attributes say.
///
/// A constraint `x` asks that the attribute `x` is the same, as text or as a number; `minX` that `x` is
/// at least so much, `maxX` that it is at most so much, unless the pool has an attribute of that very
/// name.
public final class Attributes {

    private Attributes() {}

    /// Whether the requirement may be met by this pool, if it has room.
    public static boolean match(ResourceRequirement requirement, ResourcePool pool) {
        return pool.type().equals(requirement.type()) && match(requirement.constraints(), pool.attributes());
    }

    static boolean match(Map<String, String> constraints, Map<String, String> attributes) {
        return constraints.entrySet().stream()
                .allMatch(constraint -> holds(constraint.getKey(), constraint.getValue(), attributes));
    }

    private static boolean holds(String key, String wanted, Map<String, String> attributes) {
        String value = attributes.get(key);
        if (value != null) {
            return value.equals(wanted) || isNumber(value) && isNumber(wanted) && compare(value, wanted) == 0;
        }
        String bounded = key.length() < 4 ? "" : Character.toLowerCase(key.charAt(3)) + key.substring(4);
        String bound = attributes.get(bounded);
        if (bound == null || !isNumber(bound) || !isNumber(wanted)) {
            return false;
        }
        return key.startsWith("min") && compare(bound, wanted) >= 0
                || key.startsWith("max") && compare(bound, wanted) <= 0;
    }

    private static int compare(String a, String b) {
        return new BigDecimal(a).compareTo(new BigDecimal(b));
    }

    /// Plain decimal numbers only: an exponent of nine digits would take the memory of the machine.
    private static boolean isNumber(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (c != '-' || i > 0) {
                return false;
            }
        }
        return digits > 0 && digits <= 40 && points <= 1;
    }
}
