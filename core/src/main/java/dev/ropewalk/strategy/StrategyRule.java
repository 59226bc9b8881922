package dev.ropewalk.strategy;

import java.time.LocalTime;
import java.util.Objects;
import java.util.function.Predicate;

/// When another strategy than the engine's own is used. A rule begins by one condition and ends by
/// another, which should be some way from it: so a value that swings about a limit does not switch
/// to and fro.
///
/// @param name for people
/// @param strategy that is used while the rule holds
/// @param begins when it takes hold
/// @param ends when it lets go
public record StrategyRule(
        String name,
        SchedulingStrategy strategy,
        Predicate<SchedulingContext> begins,
        Predicate<SchedulingContext> ends) {

    public StrategyRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(begins, "begins");
        Objects.requireNonNull(ends, "ends");
    }

    /// While more than `above` tasks wait, until there are fewer than `below`.
    public static StrategyRule whileBacklog(int above, int below, SchedulingStrategy strategy) {
        ordered("backlog", below, above);
        return new StrategyRule("backlog above " + above, strategy, c -> c.backlog() > above, c -> c.backlog() < below);
    }

    /// While more than the share `above` of the slots is in use, until it is less than `below`.
    public static StrategyRule whileUtilisation(double above, double below, SchedulingStrategy strategy) {
        ordered("utilisation", below, above);
        return new StrategyRule(
                "utilisation above " + above, strategy, c -> c.utilisation() > above, c -> c.utilisation() < below);
    }

    /// While less than the share `below` of a budget is left, until there is more than `above`.
    public static StrategyRule whileBudget(double below, double above, SchedulingStrategy strategy) {
        ordered("budget", below, above);
        return new StrategyRule(
                "budget below " + below, strategy, c -> c.budgetLeft() < below, c -> c.budgetLeft() > above);
    }

    /// While any tool is left alone because it failed.
    public static StrategyRule whileBreakersAreOpen(SchedulingStrategy strategy) {
        return new StrategyRule(
                "open breakers",
                strategy,
                c -> !c.openBreakers().isEmpty(),
                c -> c.openBreakers().isEmpty());
    }

    /// From one time of the day to another, which may lie beyond midnight.
    public static StrategyRule between(LocalTime from, LocalTime to, SchedulingStrategy strategy) {
        Predicate<SchedulingContext> within = c -> from.isBefore(to)
                ? !c.timeOfDay().isBefore(from) && c.timeOfDay().isBefore(to)
                : !c.timeOfDay().isBefore(from) || c.timeOfDay().isBefore(to);
        return new StrategyRule("from %s to %s".formatted(from, to), strategy, within, within.negate());
    }

    private static void ordered(String what, double below, double above) {
        if (!(below <= above)) {
            throw new IllegalArgumentException(
                    "a rule by %s ends at %s and begins at %s, which overlap: between them it would switch to and fro"
                            .formatted(what, below, above));
        }
    }
}
