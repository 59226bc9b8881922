package dev.ropewalk.scheduling;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What belongs to one of those who share the engine, by weight.
final class Tenant extends Node<Tenant> {

    final String name;
    final Map<Object, StrategyClass> classes = new LinkedHashMap<>();
    final Turn turn = new Turn();
    final Turn.Clock classTurns = new Turn.Clock();
    private final Tenants all;
    private final double weight;
    private final long number;
    private final NodeHeap<StrategyClass> open = new NodeHeap<>();

    /// How many executions it has here.
    int executions;

    Tenant(Tenants all, String name, double weight, long number) {
        this.all = all;
        this.name = name;
        this.weight = weight;
        this.number = number;
    }

    StrategyClass best() {
        return Objects.requireNonNull(open.first(), "a tenant with nothing to do was asked for its best class");
    }

    void open(StrategyClass kind) {
        classTurns.joins(kind.turn);
        open.add(kind);
        if (place < 0) {
            all.open(this);
        }
    }

    void close(StrategyClass kind) {
        open.remove(kind);
        if (open.isEmpty()) {
            all.close(this);
        }
    }

    void changed(StrategyClass kind) {
        open.changed(kind);
    }

    /// A task of the execution goes. As long as one is alone, nothing is counted.
    void charge(ScheduledExecution execution, int task) {
        if (all.size() > 1) {
            all.turns.served(turn, execution.estimatedMicros(task) / weight);
            all.changed(this);
        }
    }

    @Override
    boolean before(Tenant other) {
        return turn.start == other.turn.start ? number < other.number : turn.start < other.turn.start;
    }
}
