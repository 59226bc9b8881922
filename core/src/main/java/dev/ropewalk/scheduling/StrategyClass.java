package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The lanes of a tenant whose tasks are ordered by the same strategy. The ranks of two strategies
/// cannot be compared, so classes take turns: each in proportion to the executions that wait in it.
final class StrategyClass extends Node<StrategyClass> {

    final Tenant tenant;

    /// Why it is a class of its own; the engine's strategy has one that all share.
    final Object reason;

    private SchedulingStrategy strategy;

    /// [HeadStart#scale] of the strategy.
    private double scale;

    /// Whether there are no head starts at all.
    private boolean plain;

    final Turn turn = new Turn();
    final Map<Object, Lane> lanes = new LinkedHashMap<>();
    private final NodeHeap<Lane> open = new NodeHeap<>();
    private final long number;

    /// Groups with tasks.
    int waiting;

    StrategyClass(Tenant tenant, Object reason, SchedulingStrategy strategy, long number) {
        this.tenant = tenant;
        this.reason = reason;
        this.strategy = strategy;
        use(strategy);
        this.number = number;
    }

    void use(SchedulingStrategy other) {
        strategy = other;
        scale = HeadStart.scale(other.slope());
        plain = other instanceof FirstInFirstOut;
    }

    SchedulingStrategy strategy() {
        return strategy;
    }

    double scale() {
        return scale;
    }

    boolean plain() {
        return plain;
    }

    Lane best() {
        return Objects.requireNonNull(open.first(), "a closed class was asked for its best lane");
    }

    void open(Lane lane) {
        open.add(lane);
        if (place < 0) {
            tenant.open(this);
        }
    }

    void close(Lane lane) {
        open.remove(lane);
        if (open.isEmpty()) {
            tenant.close(this);
        }
    }

    void changed(Lane lane) {
        open.changed(lane);
    }

    /// One of its tasks goes.
    void charge() {
        if (tenant.classes.size() > 1) {
            tenant.classTurns.served(turn, 1.0 / Math.max(1, waiting));
            tenant.changed(this);
        }
    }

    @Override
    boolean before(StrategyClass other) {
        return turn.start == other.turn.start ? number < other.number : turn.start < other.turn.start;
    }
}
