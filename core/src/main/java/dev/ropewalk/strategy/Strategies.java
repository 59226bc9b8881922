package dev.ropewalk.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The strategies that can be chosen by name.
public final class Strategies {

    private final List<SchedulingStrategy> all;

    private Strategies(List<SchedulingStrategy> all) {
        this.all = List.copyOf(all);
    }

    /// Those that are built in, with their defaults.
    public static Strategies builtIn() {
        return new Strategies(List.of(
                new FirstInFirstOut(),
                new PriorityFirst(),
                new ShortestJobFirst(),
                new DeadlineAware(),
                new Adaptive()));
    }

    /// These and more; one of the same name takes the place of the one that is here.
    public Strategies with(Iterable<SchedulingStrategy> others) {
        List<SchedulingStrategy> together = new ArrayList<>(all);
        for (SchedulingStrategy other : others) {
            together.removeIf(known -> known.name().equals(other.name()));
            together.add(other);
        }
        return new Strategies(together);
    }

    public List<SchedulingStrategy> all() {
        return all;
    }

    /// The strategy of this name; capitals do not matter, and `-` stands for `_`.
    public Optional<SchedulingStrategy> find(String name) {
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return all.stream().filter(strategy -> strategy.name().equals(wanted)).findFirst();
    }

    /// As [#find], for a name that must be there.
    ///
    /// @throws IllegalArgumentException if there is none; it names those that there are
    public SchedulingStrategy named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("\"%s\" is not a strategy; there are %s"
                        .formatted(
                                name, all.stream().map(SchedulingStrategy::name).collect(Collectors.joining(", ")))));
    }
}
