package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.StrategyRule;
import dev.ropewalk.strategy.StrategySwitch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which strategy the engine uses now: that of the first rule that holds, else the one that was set.
/// A rule that has taken hold stays until it ends by itself or one before it begins, and never less
/// than the pause.
final class StrategyChoice {

    private final List<StrategyRule> rules;
    private final long pause;
    private SchedulingStrategy base;
    private @Nullable StrategyRule holding;
    private long switchedAt;
    private boolean switched;

    StrategyChoice(SchedulerOptions options) {
        this.rules = options.rules();
        this.pause = options.switchPauseMicros();
        this.base = options.strategy();
    }

    SchedulingStrategy current() {
        return holding == null ? base : holding.strategy();
    }

    Optional<StrategySwitch> set(SchedulingStrategy strategy, String reason, long now) {
        SchedulingStrategy before = current();
        base = strategy;
        return outcome(before, reason, now);
    }

    Optional<StrategySwitch> decide(SchedulingContext context, long now) {
        if (rules.isEmpty() || (switched && now - switchedAt < pause)) {
            return Optional.empty();
        }
        SchedulingStrategy before = current();
        holding = rules.stream()
                .filter(rule -> rule.equals(holding)
                        ? !rule.ends().test(context)
                        : rule.begins().test(context))
                .findFirst()
                .orElse(null);
        return outcome(before, holding == null ? "no rule" : holding.name(), now);
    }

    private Optional<StrategySwitch> outcome(SchedulingStrategy before, String reason, long now) {
        if (current().equals(before)) {
            return Optional.empty();
        }
        switched = true;
        switchedAt = now;
        return Optional.of(new StrategySwitch(now, before.name(), current().name(), reason));
    }
}
