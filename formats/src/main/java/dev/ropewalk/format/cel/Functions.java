package dev.ropewalk.format.cel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The functions and operators that there are, by name and number of arguments. A function that is
/// called on a value (`text.trim()`) takes it as its first argument.
final class Functions {

    /// Computes a value from the values of its arguments.
    interface Function {
        /// @throws Mismatch if it does not take arguments of these kinds
        /// @throws Failure if there is no value for these arguments
        @Nullable
        Object apply(List<? extends @Nullable Object> arguments, Run run);
    }

    /// The arguments are not of the kinds that the function takes.
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mismatch() {
            super(null, null, false, false);
        }
    }

    /// Stands in [Table#add] for any number of arguments.
    static final int ANY_NUMBER = -1;

    private static final Table TABLE = new Table();

    static {
        ArithmeticFunctions.addTo(TABLE);
        TextFunctions.addTo(TABLE);
        ListFunctions.addTo(TABLE);
        ConversionFunctions.addTo(TABLE);
    }

    private Functions() {}

    /// @param arguments how many, the value on which it is called included
    static Optional<Function> find(String name, int arguments) {
        Map<Integer, Function> byCount = TABLE.functions.getOrDefault(name, Map.of());
        return Optional.ofNullable(byCount.getOrDefault(arguments, byCount.get(ANY_NUMBER)));
    }

    /// The names that people write, operators left out.
    static Set<String> names() {
        Set<String> names = new TreeSet<>(TABLE.functions.keySet());
        names.removeIf(name -> name.startsWith("_") || name.startsWith("@") || name.startsWith("-"));
        return names;
    }

    static final class Table {

        private final Map<String, Map<Integer, Function>> functions = new HashMap<>();

        void add(String name, int arguments, Function function) {
            functions.computeIfAbsent(name, _ -> new HashMap<>()).put(arguments, function);
        }
    }
}
