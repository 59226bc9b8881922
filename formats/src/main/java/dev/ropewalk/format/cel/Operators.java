package dev.ropewalk.format.cel;

import dev.ropewalk.plan.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Expressions that decide which of their parts are evaluated, or that make lists and maps.
sealed interface Operators extends Expr {

    record Literal(@Nullable Object constant) implements Operators {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            return constant;
        }

        @Override
        public String shown() {
            return constant instanceof String text ? Quoted.of(text) : String.valueOf(constant);
        }
    }

    /// `a && b`, or `a || b` with `decisive` true. A side that decides counts even if the other side
    /// fails, whichever comes first; that is CEL's rule.
    record Junction(boolean decisive, Expr left, Expr right) implements Operators {
        @Override
        public Object value(Run run) {
            run.spend(1);
            Failure failure = null;
            try {
                if (Operators.truth(left, run) == decisive) {
                    return decisive;
                }
            } catch (Failure.Spent | Failure.Unbound e) {
                throw e;
            } catch (Failure e) {
                failure = e;
            }
            boolean right = Operators.truth(this.right, run);
            if (right != decisive && failure != null) {
                throw failure;
            }
            return right;
        }

        @Override
        public String shown() {
            return left.shown() + (decisive ? " || " : " && ") + right.shown();
        }
    }

    record Not(Expr operand) implements Operators {
        @Override
        public Object value(Run run) {
            run.spend(1);
            return !Operators.truth(operand, run);
        }

        @Override
        public String shown() {
            return "!" + operand.shown();
        }
    }

    record Choice(Expr condition, Expr yes, Expr no) implements Operators {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            return (Operators.truth(condition, run) ? yes : no).value(run);
        }

        @Override
        public String shown() {
            return "(%s ? … : …)".formatted(condition.shown());
        }
    }

    record ListOf(List<Expr> elements) implements Operators {
        @Override
        public Object value(Run run) {
            run.spend(1L + elements.size());
            @Nullable Object[] values = new Object[elements.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = elements.get(i).value(run);
            }
            return Made.list(values);
        }

        @Override
        public String shown() {
            return "[…]";
        }
    }

    record MapOf(List<Map.Entry<Expr, Expr>> entries) implements Operators {
        @Override
        public Object value(Run run) {
            run.spend(1L + 2L * entries.size());
            LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Map.Entry<Expr, Expr> entry : entries) {
                if (!(entry.getKey().value(run) instanceof String key)) {
                    throw new Failure("keys of a map are strings, but %s is not"
                            .formatted(entry.getKey().shown()));
                }
                if (values.containsKey(key)) {
                    throw new Failure("the key %s is twice in one map".formatted(Quoted.of(key)));
                }
                values.put(key, entry.getValue().value(run));
            }
            return Made.map(values);
        }

        @Override
        public String shown() {
            return "{…}";
        }
    }

    /// `cel.bind(name, init, body)`
    record Bind(int slot, Expr init, Expr body) implements Operators {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            run.setLocal(slot, init.value(run));
            return body.value(run);
        }

        @Override
        public String shown() {
            return body.shown();
        }
    }

    record Local(int slot, String name) implements Operators {
        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            return run.local(slot);
        }

        @Override
        public String shown() {
            return name;
        }
    }

    /// @param name as the author writes it, `+` or `size`
    record Call(String name, Functions.Function function, List<Expr> arguments) implements Operators {

        private static final int LONGEST_SHOWN = 60;

        @Override
        public @Nullable Object value(Run run) {
            run.spend(1);
            List<@Nullable Object> values = new ArrayList<>(arguments.size());
            for (Expr argument : arguments) {
                values.add(argument.value(run));
            }
            try {
                return function.apply(values, run);
            } catch (Functions.Mismatch _) {
                throw new Failure("%s does not take %s".formatted(name, nouns(values)));
            }
        }

        private static String nouns(List<@Nullable Object> values) {
            return values.stream().map(Values::noun).collect(Collectors.joining(" and "));
        }

        @Override
        public String shown() {
            String shown = arguments.stream().map(Expr::shown).collect(Collectors.joining(", ", name + "(", ")"));
            if (!Names.isPart(name.charAt(0))) {
                shown = arguments.size() == 1
                        ? name + arguments.getFirst().shown()
                        : arguments.getFirst().shown() + " " + name + " "
                                + arguments.getLast().shown();
            }
            return shown.length() > LONGEST_SHOWN ? name + "(…)" : shown;
        }
    }

    private static boolean truth(Expr expr, Run run) {
        if (expr.value(run) instanceof Boolean truth) {
            return truth;
        }
        throw new Failure("%s is not true or false".formatted(expr.shown()));
    }
}
