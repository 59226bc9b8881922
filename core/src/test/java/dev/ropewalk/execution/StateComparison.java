package dev.ropewalk.execution;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Whether two states are the same, field by field; all fields, also those that are yet to come.
///
/// The queues are left out: they say what is to be decided or done next, and a state that was folded
/// has decided and done nothing.
final class StateComparison {

    private static final Set<String> QUEUES = Set.of("agenda", "evaluations", "openBarriers");

    private StateComparison() {}

    static List<String> differences(ExecutionState one, ExecutionState other) {
        List<String> differences = new ArrayList<>();
        for (Field field : ExecutionState.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || QUEUES.contains(field.getName())) {
                continue;
            }
            Object left = value(field, one);
            Object right = value(field, other);
            if (!Objects.deepEquals(left, right)) {
                differences.add(field.getName() + ": " + text(left) + " and " + text(right));
            }
        }
        return differences;
    }

    private static Object value(Field field, ExecutionState state) {
        try {
            Object value = field.get(state);
            return field.getName().equals("expansions") ? comparable(state.expansions()) : value;
        } catch (IllegalAccessException e) {
            throw new AssertionError("a field of the state is private: " + field, e);
        }
    }

    private static List<List<Object>> comparable(List<Expansion> expansions) {
        return expansions.stream()
                .map(e -> List.<Object>of(
                        e.owner(), Arrays.toString(e.patterns()), e.first(), e.count(), e.generation(), e.items()))
                .toList();
    }

    private static String text(Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.length() < 500 ? text : text.substring(0, 500);
    }
}
