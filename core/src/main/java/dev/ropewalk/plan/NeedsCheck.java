package dev.ropewalk.plan;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether what tasks need can ever be given to them. Whoever asks for more than there is would wait for
/// ever, so it is told what is missing and what there is.
final class NeedsCheck {

    private final KnownResources known;
    private final SequencedMap<String, ConcurrencyGroup> groups;
    private final Map<String, List<ResourcePool>> poolsByType = new TreeMap<>();
    private final Optional<Budget> budget;
    private final Problems problems;

    NeedsCheck(SharedDraft shared, Optional<Budget> budget, KnownResources known, Problems problems) {
        this.known = known;
        this.groups = shared.allGroups();
        for (ResourcePool pool : shared.allPools().values()) {
            poolsByType.computeIfAbsent(pool.type(), _ -> new ArrayList<>()).add(pool);
        }
        this.budget = budget;
        this.problems = problems;
    }

    void strategy(Optional<String> strategy, Location at) {
        if (strategy.isPresent() && known.complete() && !known.strategies().contains(spelt(strategy.get()))) {
            String name = strategy.get();
            problems.add(
                    Problem.STRATEGY_UNKNOWN,
                    at,
                    () -> "there is no strategy " + Quoted.of(name),
                    () -> DidYouMean.remedy(
                            name, known.strategies(), "the strategies are " + String.join(", ", known.strategies())));
        }
    }

    /// As strategies are found by name: capitals do not matter, and `-` stands for `_`.
    private static String spelt(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    void groups(List<String> names, Location at) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!groups.containsKey(name) && known.complete()) {
                Collection<String> all = groups.keySet();
                problems.add(
                        Problem.GROUP_UNKNOWN,
                        at.index(i),
                        () -> "there is no group " + Quoted.of(name),
                        () -> DidYouMean.remedy(
                                name,
                                all,
                                all.isEmpty()
                                        ? "declare it under `groups`"
                                        : "the groups are " + DidYouMean.list(all)));
            }
        }
    }

    /// The groups themselves are looked at by [#groups].
    void needs(Needs needs, Location at) {
        Map<String, Long> taken = new HashMap<>();
        for (int i = 0; i < needs.resources().size(); i++) {
            resource(needs.resources().get(i), taken, at.key("resources").index(i));
        }
        for (String name : needs.groups()) {
            ConcurrencyGroup group = groups.get(name);
            if (group != null) {
                String of = "the group " + Quoted.of(name);
                group.tokens().ifPresent(rate -> rate(needs.estimatedTokens(), rate, of, at.key("estimatedTokens")));
                group.budget().ifPresent(limit -> budget(needs, limit, of, at));
            }
        }
        budget.ifPresent(limit -> budget(needs, limit, "the plan", at));
    }

    private void resource(ResourceRequirement wanted, Map<String, Long> taken, Location at) {
        List<ResourcePool> ofType = poolsByType.getOrDefault(wanted.type(), List.of());
        if (ofType.isEmpty()) {
            if (known.complete()) {
                problems.add(
                        Problem.RESOURCE_UNKNOWN,
                        at.key("type"),
                        () -> "there is no pool of the type " + Quoted.of(wanted.type()),
                        () -> DidYouMean.remedy(
                                wanted.type(),
                                poolsByType.keySet(),
                                poolsByType.isEmpty()
                                        ? "declare one under `pools`"
                                        : "the types are " + DidYouMean.list(poolsByType.keySet())));
            }
            return;
        }
        List<ResourcePool> matching = ofType.stream()
                .filter(pool -> wanted.matches(pool.attributes()))
                .toList();
        if (!known.complete()) {
            return;
        }
        if (matching.isEmpty()) {
            problems.add(
                    Problem.NEVER_MET,
                    at.key("constraints"),
                    () -> "no pool of the type %s has %s"
                            .formatted(Quoted.of(wanted.type()), shown(wanted.constraints())),
                    () -> "there is "
                            + String.join(
                                    "; ", ofType.stream().map(NeedsCheck::shown).toList()));
            return;
        }
        amount(wanted, matching, taken, at.key("amount"));
    }

    private void amount(ResourceRequirement wanted, List<ResourcePool> matching, Map<String, Long> taken, Location at) {
        ResourcePool largest = matching.getFirst();
        for (ResourcePool pool : matching) {
            largest = pool.milliCapacity() > largest.milliCapacity() ? pool : largest;
        }
        ResourcePool most = largest;
        // What goes to one pool only is needed there at once.
        long before = matching.size() == 1 ? taken.getOrDefault(most.name(), 0L) : 0;
        long together = before + wanted.milliAmount();
        if (matching.size() == 1) {
            taken.put(most.name(), together);
        }
        if (together > most.milliCapacity()) {
            problems.add(
                    Problem.NEVER_MET,
                    at,
                    () -> "%s of %s%s is more than there is: the pool %s has %s"
                            .formatted(
                                    Quantity.shown(together, most.unit()),
                                    Quoted.of(wanted.type()),
                                    before == 0 ? "" : ", all together,",
                                    Quoted.of(most.name()),
                                    Quantity.shown(most.milliCapacity(), most.unit())),
                    () -> "ask for at most %s, or enlarge the pool"
                            .formatted(Quantity.shown(most.milliCapacity() - before, most.unit())));
        }
    }

    private void rate(long tokens, RateLimit rate, String of, Location at) {
        if (tokens > rate.amount()) {
            problems.add(
                    Problem.NEVER_MET,
                    at,
                    () -> "%s tokens are more than %s has in %s, %s"
                            .formatted(
                                    Quoted.count(tokens),
                                    of,
                                    Quoted.duration(Duration.of(rate.periodMicros(), ChronoUnit.MICROS)),
                                    Quoted.count(rate.amount())),
                    () -> "split the task, or raise the rate");
        }
    }

    private void budget(Needs needs, Budget limit, String of, Location at) {
        if (limit.tokens() > 0 && needs.estimatedTokens() > limit.tokens()) {
            String asked = Quoted.count(needs.estimatedTokens()) + " tokens are";
            spent(asked, of, Quoted.count(limit.tokens()), at.key("estimatedTokens"));
        }
        if (limit.microMoney() > 0 && needs.estimatedMicroCost() > limit.microMoney()) {
            String asked = Quantity.plain(needs.estimatedMicroCost(), Quantity.MICRO) + " is";
            spent(asked, of, Quantity.plain(limit.microMoney(), Quantity.MICRO), at.key("estimatedCost"));
        }
    }

    private void spent(String asked, String of, String limit, Location at) {
        problems.add(
                Problem.NEVER_MET,
                at,
                () -> "%s more than the budget of %s, %s".formatted(asked, of, limit),
                () -> "lower the estimate, or raise the budget");
    }

    private static String shown(ResourcePool pool) {
        return Quoted.of(pool.name())
                + (pool.attributes().isEmpty() ? " without attributes" : " with " + shown(pool.attributes()));
    }

    private static String shown(Map<String, String> attributes) {
        return String.join(
                ", ",
                new TreeSet<>(attributes.keySet())
                        .stream()
                                .map(key -> Quoted.escaped(key, 40) + " "
                                        + Quoted.escaped(attributes.getOrDefault(key, ""), 40))
                                .toList());
    }
}
