package dev.ropewalk.format.cel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions on lists, and those that texts and maps share with them.
final class ListFunctions {

    private ListFunctions() {}

    static void addTo(Functions.Table table) {
        table.add("size", 1, ListFunctions::size);
        table.add("reverse", 1, ListFunctions::reverse);
        table.add("sort", 1, (a, run) -> Sorting.by(list(a, 0), list(a, 0), run));
        table.add("distinct", 1, (a, run) -> distinct(list(a, 0), run));
        table.add("slice", 3, (a, run) -> slice(list(a, 0), TextFunctions.whole(a, 1), TextFunctions.whole(a, 2), run));
        table.add("flatten", 1, (a, run) -> flatten(list(a, 0), 1, run));
        table.add("flatten", 2, (a, run) -> flatten(list(a, 0), TextFunctions.whole(a, 1), run));
        table.add("sum", 1, (a, run) -> sum(list(a, 0), run));
        table.add("lists.range", 1, (a, run) -> range(TextFunctions.whole(a, 0), run));
    }

    private static List<?> list(List<? extends @Nullable Object> arguments, int index) {
        if (arguments.get(index) instanceof List<?> list) {
            return list;
        }
        throw new Functions.Mismatch();
    }

    private static Object size(List<? extends @Nullable Object> arguments, Run run) {
        return switch (arguments.get(0)) {
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case String text -> {
                run.spendText(text.length());
                yield (long) text.codePointCount(0, text.length());
            }
            case null, default -> throw new Functions.Mismatch();
        };
    }

    private static Object reverse(List<? extends @Nullable Object> arguments, Run run) {
        if (arguments.get(0) instanceof String text) {
            run.spendText(text.length());
            return new StringBuilder(text).reverse().toString();
        }
        List<?> list = list(arguments, 0);
        run.spend(list.size());
        return Made.list(list.reversed().toArray());
    }

    private static List<@Nullable Object> distinct(List<?> list, Run run) {
        Set<@Nullable Object> seen = new HashSet<>();
        List<@Nullable Object> distinct = new ArrayList<>();
        for (Object element : list) {
            if (seen.add(key(element, run))) {
                distinct.add(element);
            }
        }
        return Made.list(distinct.toArray());
    }

    /// A value whose `equals` says what [Values#same] says.
    private static @Nullable Object key(@Nullable Object value, Run run) {
        run.spend(1);
        return switch (value) {
            case Double number when !Double.isFinite(number) -> number;
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case String text -> {
                run.spendText(text.length());
                yield text;
            }
            case List<?> list -> {
                List<@Nullable Object> keys = new ArrayList<>(list.size());
                list.forEach(element -> keys.add(key(element, run)));
                yield keys;
            }
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> keys = new LinkedHashMap<>();
                map.forEach((name, element) -> keys.put(name, key(element, run)));
                yield keys;
            }
            case null, default -> value;
        };
    }

    private static List<@Nullable Object> slice(List<?> list, long from, long to, Run run) {
        if (from < 0 || from > to || to > list.size()) {
            throw new Failure(
                    "the list has %d elements, so there is no slice(%d, %d)".formatted(list.size(), from, to));
        }
        run.spend(to - from);
        return Made.list(list.subList((int) from, (int) to).toArray());
    }

    private static List<@Nullable Object> flatten(List<?> list, long depth, Run run) {
        if (depth < 0) {
            throw new Failure("flatten takes a depth from 0 up, not %d".formatted(depth));
        }
        List<@Nullable Object> flat = new ArrayList<>();
        flattenInto(flat, list, depth, run);
        return Made.list(flat.toArray());
    }

    private static void flattenInto(List<@Nullable Object> flat, List<?> list, long depth, Run run) {
        run.spend(1L + list.size());
        for (Object element : list) {
            if (depth > 0 && element instanceof List<?> inner) {
                flattenInto(flat, inner, depth - 1, run);
            } else {
                flat.add(element);
            }
        }
    }

    private static Number sum(List<?> list, Run run) {
        run.spend(list.size());
        Number sum = 0L;
        for (Object element : list) {
            if (!(element instanceof Number number)) {
                throw new Failure("sum takes a list of numbers, but one element is %s".formatted(Values.noun(element)));
            }
            sum = Numbers.add(sum, number);
        }
        return sum;
    }

    private static List<@Nullable Object> range(long size, Run run) {
        run.spend(Math.max(0, size));
        @Nullable Object[] numbers = new Object[(int) Math.max(0, size)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (long) i;
        }
        return Made.list(numbers);
    }
}
