package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.Optional;
import java.util.function.Consumer;

/// Which tenants, classes of strategy and lanes there are.
final class Tree {

    /// Why the engine's own strategy is a class.
    private static final Object COMMON = "common";

    private final Tenants tenants;
    private final StrategyChoice choice;
    private long arrivals;
    private long classes;

    Tree(Tenants tenants, StrategyChoice choice) {
        this.tenants = tenants;
        this.choice = choice;
    }

    /// Makes a place for the execution's tasks of one shape.
    <E extends ScheduledExecution> Group attach(E execution, Object shape, Gate<E> gate) {
        Tenant tenant = tenant(execution);
        Lane lane = lane(classOf(tenant, ownStrategy(execution, shape, gate)), shape);
        Group group = new Group(execution, lane);
        lane.attach(group);
        execution.attach(group);
        return group;
    }

    private Tenant tenant(ScheduledExecution execution) {
        Tenant tenant = execution.tenant;
        if (tenant == null) {
            tenant = tenants.named(execution.tenant());
            tenant.executions++;
            execution.tenant = tenant;
            if (execution.arrival == 0) {
                execution.arrival = ++arrivals;
            }
        }
        return tenant;
    }

    private static <E extends ScheduledExecution> Optional<SchedulingStrategy> ownStrategy(
            E execution, Object shape, Gate<E> gate) {
        Optional<SchedulingStrategy> chosen = ((ScheduledExecution) execution).strategy();
        return chosen.isPresent() ? chosen : gate.strategy(shape);
    }

    private StrategyClass classOf(Tenant tenant, Optional<SchedulingStrategy> own) {
        Object reason = own.isPresent() ? own.get() : COMMON;
        StrategyClass kind = tenant.classes.get(reason);
        if (kind == null) {
            kind = new StrategyClass(tenant, reason, own.orElse(choice.current()), ++classes);
            tenant.classes.put(reason, kind);
        }
        return kind;
    }

    private static Lane lane(StrategyClass kind, Object shape) {
        Lane lane = kind.lanes.get(shape);
        if (lane == null) {
            lane = new Lane(shape, kind);
            kind.lanes.put(shape, lane);
        }
        return lane;
    }

    /// Forgets a lane that nothing belongs to any more.
    void remove(Lane lane) {
        StrategyClass kind = lane.kind;
        kind.lanes.remove(lane.shape);
        if (kind.lanes.isEmpty()) {
            kind.tenant.classes.remove(kind.reason);
        }
    }

    /// The engine's own strategy is another one.
    void strategyChanged(Consumer<Group> rerank) {
        for (Tenant tenant : tenants.all()) {
            StrategyClass kind = tenant.classes.get(COMMON);
            if (kind != null) {
                kind.use(choice.current());
                kind.lanes.values().forEach(lane -> lane.members().forEach(rerank));
            }
        }
    }
}
