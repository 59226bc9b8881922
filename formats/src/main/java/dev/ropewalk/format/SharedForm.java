package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.Quantity;
import dev.ropewalk.plan.RateLimit;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/// Reads what a plan or a configuration shares: `pools`, `groups` and `budget`.
final class SharedForm {

    private static final SequencedMap<String, Budget.Per> PER =
            Words.of(Budget.Per.values(), per -> per.name().toLowerCase(Locale.ROOT));
    private static final Duration USUAL_GRACE = Duration.ofSeconds(5);

    private final Form form;
    private final AmountForm amounts;

    SharedForm(Form form) {
        this.form = form;
        this.amounts = new AmountForm(form);
    }

    SharedResources read(Optional<Field> pools, Optional<Field> groups, Optional<Field> budget) {
        List<ResourcePool> declaredPools = pools.map(field -> named(field, "pools", SharedShapes.POOL, this::pool))
                .orElse(List.of());
        List<ConcurrencyGroup> declaredGroups = groups.map(
                        field -> named(field, "groups", SharedShapes.GROUP, this::group))
                .orElse(List.of());
        Optional<Budget> limit = budget.flatMap(this::budget);
        return declaredPools.isEmpty() && declaredGroups.isEmpty() && limit.isEmpty()
                ? SharedResources.NONE
                : new SharedResources(declaredPools, declaredGroups, limit);
    }

    private <T> List<T> named(Field field, String what, Shape shape, BiFunction<String, Fields, T> read) {
        if (!(field.node() instanceof Node.Mapping mapping)) {
            form.wrongType(field, "`%s` is a map".formatted(what), "write `name: { … }` for each of them");
            return List.of();
        }
        List<T> all = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            Fields.of(field.entry(entry), shape, form)
                    .map(fields -> read.apply(entry.key(), fields))
                    .ifPresent(all::add);
        }
        return all;
    }

    private ResourcePool pool(String name, Fields fields) {
        Optional<Field> capacityField = fields.require("capacity", "say how much of it there is: capacity: 8");
        OptionalLong capacity = capacityField.map(amounts::size).orElse(OptionalLong.empty());
        boolean bytes = capacityField.map(AmountForm::isSize).orElse(false);
        Optional<Field> preemption = fields.find("preemption");
        return new ResourcePool(
                name,
                fields.find("type").flatMap(form::text).orElse(name),
                // One that was refused must not be too small for anybody.
                capacity.orElse(AmountForm.MOST_MILLI),
                fields.find("unit").flatMap(form::text).orElse(bytes ? "bytes" : ""),
                fields.find("attributes")
                        .map(field -> amounts.attributes(field, "`attributes`"))
                        .orElse(Map.of()),
                fields.find("cost").map(this::cost).orElse(0L),
                fields.find("maxQueued").map(amounts::positive).orElse(0),
                preemption.isPresent(),
                preemption.map(this::grace).orElse(0L),
                fields.find("strategy").flatMap(form::text));
    }

    private long cost(Field field) {
        Optional<Fields> fields = Fields.of(field, SharedShapes.COST, form);
        if (fields.isEmpty()) {
            return 0;
        }
        Optional<Field> amount = fields.get().require("amount", "say what a unit costs: amount: 0.04");
        Optional<Field> per = fields.get().require("per", "say for how long: per: 1h");
        OptionalLong micros = amount.map(amounts::money).orElse(OptionalLong.empty());
        Optional<Duration> time = per.flatMap(form::duration);
        if (micros.isEmpty() || time.isEmpty()) {
            return 0;
        }
        try {
            return ResourcePool.perHour(BigDecimal.valueOf(micros.getAsLong(), Quantity.MICRO), time.get());
        } catch (IllegalArgumentException _) {
            form.add(
                    time.get().isPositive() ? amount.orElseThrow() : per.orElseThrow(),
                    "INVALID_VALUE",
                    time.get().isPositive()
                            ? "the cost of an hour is too large"
                            : "a cost is for a time longer than zero",
                    "write it like { amount: 0.04, per: 1h }");
            return 0;
        }
    }

    private long grace(Field field) {
        return Fields.of(field, SharedShapes.PREEMPTION, form)
                .flatMap(fields -> fields.find("grace"))
                .map(amounts::micros)
                .orElse(OptionalLong.empty())
                .orElse(USUAL_GRACE.toNanos() / 1_000);
    }

    private ConcurrencyGroup group(String name, Fields fields) {
        return new ConcurrencyGroup(
                name,
                fields.find("maxConcurrent").map(amounts::positive).orElse(0),
                fields.find("requests").flatMap(this::rate),
                fields.find("tokens").flatMap(this::rate),
                fields.find("budget").flatMap(this::budget),
                fields.find("adaptive").flatMap(this::adaptive));
    }

    private Optional<RateLimit> rate(Field field) {
        Optional<Fields> fields = Fields.of(field, SharedShapes.RATE, form);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Optional<Field> limit = fields.get().require("limit", "say how many: limit: 10");
        Optional<Field> per = fields.get().require("per", "say in how long: per: 1m");
        OptionalLong amount = limit.map(amounts::whole).orElse(OptionalLong.empty());
        OptionalLong period = per.map(amounts::micros).orElse(OptionalLong.empty());
        return amount.isPresent() && period.isPresent()
                ? Optional.of(new RateLimit(amount.getAsLong(), period.getAsLong()))
                : Optional.empty();
    }

    private Optional<ConcurrencyGroup.Adaptive> adaptive(Field field) {
        Optional<Fields> fields = Fields.of(field, SharedShapes.ADAPTIVE, form);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt min = fields.get().find("min").map(form::wholeNumber).orElse(OptionalInt.of(1));
        OptionalInt max = fields.get()
                .require("max", "say the greatest concurrency: max: 8")
                .map(form::wholeNumber)
                .orElse(OptionalInt.empty());
        return min.isPresent() && max.isPresent()
                ? Optional.of(new ConcurrencyGroup.Adaptive(min.getAsInt(), max.getAsInt()))
                : Optional.empty();
    }

    Optional<Budget> budget(Field field) {
        Optional<Fields> found = Fields.of(field, SharedShapes.BUDGET, form);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        if (!fields.has("money") && !fields.has("tokens")) {
            form.add(field, "MISSING_KEY", "a budget needs \"money\" or \"tokens\"", "write it like { money: 5.00 }");
            return Optional.empty();
        }
        Optional<OptionalLong> money = fields.find("money").map(amounts::moneyAboveZero);
        Optional<OptionalLong> tokens = fields.find("tokens").map(amounts::whole);
        Optional<Budget.Per> per =
                fields.find("per").map(f -> form.oneOf(PER, f)).orElse(Optional.of(Budget.Per.EXECUTION));
        Optional<String> zone = fields.find("zone").map(form::text).orElse(Optional.of(Budget.UTC));
        if (fields.has("zone") && per.isPresent() && per.get() != Budget.Per.DAY) {
            form.add(
                    fields.find("zone").orElseThrow(),
                    "INVALID_VALUE",
                    "only a budget of a day has a time zone",
                    "write `per: day`, or leave `zone` out");
            return Optional.empty();
        }
        boolean readable = money.map(OptionalLong::isPresent).orElse(true)
                && tokens.map(OptionalLong::isPresent).orElse(true)
                && per.isPresent()
                && zone.isPresent();
        return readable
                ? Optional.of(new Budget(
                        money.orElse(OptionalLong.of(0)).orElse(0),
                        tokens.orElse(OptionalLong.of(0)).orElse(0),
                        per.get(),
                        zone.get()))
                : Optional.empty();
    }
}
