package dev.ropewalk.execution;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Whether two states are the same, field by field; all fields, also those that are yet to come.
///
/// The queues and the like are left out: they say what is to be decided or done next, and a state that was
/// folded has decided and done nothing.
final class StateComparison {

    private static final Set<String> QUEUES = Set.of("agenda", "evaluations", "openBarriers", "cursor");

    /// What a state consists of, looked into.
    private static final Set<Class<?>> PARTS =
            Set.of(StepStates.class, Expansions.class, Tally.class, Interruptions.class, Waits.class, Deadlines.class);

    private static final Map<Class<?>, List<Field>> FIELDS = Map.of(
            ExecutionState.class, fields(ExecutionState.class),
            StepStates.class, fields(StepStates.class),
            Expansions.class, fields(Expansions.class),
            Tally.class, fields(Tally.class),
            Interruptions.class, fields(Interruptions.class),
            Waits.class, fields(Waits.class),
            Deadlines.class, fields(Deadlines.class));

    private StateComparison() {}

    static List<String> differences(ExecutionState one, ExecutionState other) {
        List<String> differences = new ArrayList<>();
        compare(ExecutionState.class, one, other, "", differences);
        return differences;
    }

    private static void compare(Class<?> type, Object one, Object other, String prefix, List<String> differences) {
        for (Field field : FIELDS.get(type)) {
            Object left = value(field, one);
            Object right = value(field, other);
            if (PARTS.contains(field.getType())) {
                compare(field.getType(), left, right, prefix + field.getName() + ".", differences);
            } else if (!Objects.deepEquals(left, right)) {
                differences.add(prefix + field.getName() + ": " + text(left) + " and " + text(right));
            }
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !QUEUES.contains(field.getName())) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }

    private static Object value(Field field, Object holder) {
        try {
            Object value = field.get(holder);
            return value instanceof ExecutionAccount account ? account.toString() : value;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.length() < 500 ? text : text.substring(0, 500);
    }
}
