package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.ExecutionState;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Compares two states of an execution field by field, bit by bit. Looks through reflection, so that a
/// field added tomorrow is compared too.
final class StateComparison {

    /// What is to be done next is no state: it follows from the phases, and whoever folds a log asks
    /// the phases.
    private static final String TO_DO = "IntQueue";

    /// How far a list has been looked through.
    private static final String LOOKED_UP = "cursor";

    private static final String PARTS = ExecutionState.class.getPackageName();
    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private StateComparison() {}

    /// The first field in which they differ.
    static Optional<String> difference(ExecutionState one, ExecutionState other) {
        return Optional.ofNullable(differenceIn("state", one, other));
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            boolean counts = !Modifier.isStatic(field.getModifiers())
                    && !field.isSynthetic()
                    && !field.getType().getSimpleName().equals(TO_DO)
                    && !field.getName().equals(LOOKED_UP);
            if (counts) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }

    private static @Nullable String differenceIn(String name, @Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return null;
        }
        if (left == null || right == null || left.getClass() != right.getClass()) {
            return name + ": " + left + " and " + right;
        }
        Class<?> type = left.getClass();
        if (type.isArray() && type.getComponentType().isPrimitive()) {
            return Objects.deepEquals(left, right) ? null : name + ": " + text(left) + " and " + text(right);
        }
        if (type.isArray()) {
            return differenceInItems(name, left, right);
        }
        if (left instanceof List<?> list && right instanceof List<?> otherList) {
            return differenceInItems(name, list.toArray(), otherList.toArray());
        }
        if (type.getPackageName().equals(PARTS) && !type.isEnum()) {
            return differenceInFields(name, left, right);
        }
        return left.equals(right) ? null : name + ": " + left + " and " + right;
    }

    private static @Nullable String differenceInFields(String name, Object left, Object right) {
        try {
            for (Field field : FIELDS.computeIfAbsent(left.getClass(), StateComparison::fields)) {
                String difference = differenceIn(name + "." + field.getName(), field.get(left), field.get(right));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String differenceInItems(String name, Object left, Object right) {
        if (Array.getLength(left) != Array.getLength(right)) {
            return name + ": " + text(left) + " and " + text(right);
        }
        for (int i = 0; i < Array.getLength(left); i++) {
            String difference = differenceIn(name + "[" + i + "]", Array.get(left, i), Array.get(right, i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static String text(Object array) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Array.getLength(array); i++) {
            text.append(i == 0 ? "" : ", ").append(Array.get(array, i));
        }
        return text.append(']').toString();
    }
}
