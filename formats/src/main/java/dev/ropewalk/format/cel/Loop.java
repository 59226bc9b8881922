package dev.ropewalk.format.cel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Expressions that look at each element of a list, or at each key of a map.
///
/// @param kind what they make of it
/// @param range the list or map
/// @param slot where the element is while `body` is evaluated
/// @param condition which elements `map` takes; others have none
/// @param body what is evaluated for each element
record Loop(Kind kind, Expr range, int slot, Optional<Expr> condition, Expr body) implements Expr {

    enum Kind {
        ALL,
        EXISTS,
        EXISTS_ONE,
        FILTER,
        MAP,
        SORT_BY
    }

    @Override
    public @Nullable Object value(Run run) {
        run.spend(1);
        Collection<?> elements = switch (range.value(run)) {
            case List<?> list -> list;
            case Map<?, ?> map -> map.keySet();
            case Object other ->
                throw new Failure(
                        "%s is %s; only lists and maps have elements".formatted(range.shown(), Values.noun(other)));
            case null -> throw new Failure("%s is null; only lists and maps have elements".formatted(range.shown()));
        };
        return switch (kind) {
            case ALL -> decide(elements, false, run);
            case EXISTS -> decide(elements, true, run);
            case EXISTS_ONE -> existsOne(elements, run);
            case FILTER -> filter(elements, run);
            case MAP -> map(elements, run);
            case SORT_BY -> Sorting.by(new ArrayList<>(elements), keys(elements, run), run);
        };
    }

    /// As `&&` or `||` over all elements: one that decides counts even if others fail.
    private boolean decide(Collection<?> elements, boolean decisive, Run run) {
        Failure failure = null;
        for (Object element : elements) {
            try {
                if (holds(body, element, run) == decisive) {
                    return decisive;
                }
            } catch (Failure.Spent | Failure.Unbound e) {
                throw e;
            } catch (Failure e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return !decisive;
    }

    private boolean existsOne(Collection<?> elements, Run run) {
        int count = 0;
        for (Object element : elements) {
            count += holds(body, element, run) ? 1 : 0;
        }
        return count == 1;
    }

    private List<@Nullable Object> filter(Collection<?> elements, Run run) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : elements) {
            if (holds(body, element, run)) {
                kept.add(element);
            }
        }
        return Made.list(kept.toArray());
    }

    private List<@Nullable Object> map(Collection<?> elements, Run run) {
        List<@Nullable Object> mapped = new ArrayList<>();
        for (Object element : elements) {
            if (condition.isEmpty() || holds(condition.get(), element, run)) {
                mapped.add(evaluate(body, element, run));
            }
        }
        return Made.list(mapped.toArray());
    }

    private List<@Nullable Object> keys(Collection<?> elements, Run run) {
        List<@Nullable Object> keys = new ArrayList<>(elements.size());
        for (Object element : elements) {
            keys.add(evaluate(body, element, run));
        }
        return keys;
    }

    private boolean holds(Expr predicate, @Nullable Object element, Run run) {
        if (evaluate(predicate, element, run) instanceof Boolean truth) {
            return truth;
        }
        throw new Failure("%s is not true or false".formatted(predicate.shown()));
    }

    private @Nullable Object evaluate(Expr expr, @Nullable Object element, Run run) {
        run.spend(1);
        run.setLocal(slot, element);
        return expr.value(run);
    }

    @Override
    public String shown() {
        return range.shown() + "." + kind.name().toLowerCase(Locale.ROOT) + "(…)";
    }
}
