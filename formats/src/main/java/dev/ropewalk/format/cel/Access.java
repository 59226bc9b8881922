package dev.ropewalk.format.cel;

import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.Quoted;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Expressions that reach into a value.
sealed interface Access extends Expr {

    /// Into which it reaches.
    Expr operand();

    /// `operand.key`
    record Member(Expr operand, String key) implements Access {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            return Access.member(operand.value(run), key, operand);
        }

        @Override
        public String shown() {
            return operand.shown() + Names.member(key);
        }
    }

    /// `has(operand.key)`. Nothing has no members, so that what a skipped task would have returned can
    /// be asked for.
    record Has(Expr operand, String key) implements Access {
        @Override
        public Object value(Run run) {
            run.spend(1);
            return switch (operand.value(run)) {
                case Map<?, ?> map -> map.containsKey(key);
                case null -> false;
                case Object other -> throw notAMap(key, operand, other);
            };
        }

        @Override
        public String shown() {
            return "has(" + operand.shown() + Names.member(key) + ")";
        }
    }

    /// `operand[index]`
    record At(Expr operand, Expr index) implements Access {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            Object container = operand.value(run);
            Object key = index.value(run);
            return switch (container) {
                case List<?> list -> list.get(position(list, key));
                case Map<?, ?> map when key instanceof String name -> Access.member(map, name, operand);
                case Map<?, ?> _ ->
                    throw new Failure(
                            "keys of %s are strings, but the key is %s".formatted(operand.shown(), Values.noun(key)));
                case null -> throw isNull(operand, "[" + index.shown() + "]");
                case Object other ->
                    throw new Failure("%s is %s, which has no [%s]"
                            .formatted(operand.shown(), Values.noun(other), index.shown()));
            };
        }

        private int position(List<?> list, @Nullable Object key) {
            if (Values.wholeNumber(key) instanceof Long position) {
                if (position >= 0 && position < list.size()) {
                    return position.intValue();
                }
                throw new Failure(
                        "%s has %d elements, so there is no [%d]".formatted(operand.shown(), list.size(), position));
            }
            throw new Failure(
                    "%s is a list; its index is an integer, not %s".formatted(operand.shown(), Values.noun(key)));
        }

        @Override
        public String shown() {
            return operand.shown() + "[" + index.shown() + "]";
        }
    }

    private static @Nullable Object member(@Nullable Object value, String key, Expr operand) {
        return switch (value) {
            case Map<?, ?> map -> {
                Object member = map.get(key);
                if (member == null && !map.containsKey(key)) {
                    throw noSuchKey(key, map, operand);
                }
                yield member;
            }
            case null -> throw isNull(operand, Names.member(key));
            case Object other -> throw notAMap(key, operand, other);
        };
    }

    private static Failure noSuchKey(String key, Map<?, ?> map, Expr operand) {
        List<String> keys =
                map.keySet().stream().map(String::valueOf).limit(1_000).toList();
        String has = keys.isEmpty()
                ? "it is empty"
                : "it has " + keys.stream().limit(8).map(Quoted::of).collect(Collectors.joining(", "))
                        + (keys.size() > 8 ? " …" : "");
        String meant = DidYouMean.closest(key, keys)
                .map(k -> "; did you mean " + Quoted.of(k) + "?")
                .orElse("");
        return new Failure("%s has no %s; %s%s".formatted(operand.shown(), Quoted.of(key), has, meant));
    }

    private static Failure isNull(Expr operand, String member) {
        String why = operand instanceof Reference.TaskResult ? " (the task was skipped or returned nothing)" : "";
        return new Failure("%s is null%s, so it has no %s".formatted(operand.shown(), why, member));
    }

    private static Failure notAMap(String key, Expr operand, Object value) {
        return new Failure(
                "%s is %s, which has no %s".formatted(operand.shown(), Values.noun(value), Names.member(key)));
    }
}
