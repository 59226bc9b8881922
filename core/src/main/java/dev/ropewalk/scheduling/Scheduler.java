package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.List;
import java.util.Optional;

/// The ready tasks of all executions, and which of them goes next. Owned by one thread.
///
/// Tasks stand in a tree: tenant, class of strategy, *lane* (all tasks that need the same shape of
/// resources), execution, task; at each level the best is known. A decision walks down from the best
/// tenant to one task and asks the [Gate] for what it needs. A lane that is refused is *parked* at
/// the resource that had no room, and is not looked at again until that is released; so a decision
/// looks at heads of lanes that may fit, never at every task, and costs the logarithm of what is
/// queued.
///
/// Waiting raises all ranks of a strategy alike, so what the tree is ordered by never changes with
/// time (see [SchedulingStrategy]). What changes for a whole execution, as its progress, counts in
/// the execution's place only; a task whose own inputs change is put in its place again.
///
/// Ties go to the execution whose first task was ready first, then to the plan's order.
///
/// @param <E> an execution
public final class Scheduler<E extends ScheduledExecution> {

    /// Why the engine's own strategy is a class.
    static final Object COMMON = "common";

    private final Gate<E> gate;
    private final Tenants tenants;
    private final Parking parking;
    private final Ready ready = new Ready();
    private SchedulingStrategy common;
    private SchedulingContext context = SchedulingContext.IDLE;
    private long arrivals;
    private int queued;

    public Scheduler(SchedulerOptions options, Gate<E> gate) {
        this.gate = gate;
        this.tenants = new Tenants(options);
        this.parking = new Parking(options.reserveMicros());
        this.common = options.strategy();
    }

    /// The task is ready since now.
    public void add(E execution, int task, long now) {
        add(execution, task, now, now);
    }

    /// The task is ready since `queuedAt`.
    public void add(E execution, int task, long queuedAt, long now) {
        Group group = group(execution, gate.lane(execution, task));
        insert(group, task, queuedAt, now);
        execution.queued++;
        queued++;
    }

    private void insert(Group group, int task, long queuedAt, long now) {
        ScheduledExecution execution = group.execution;
        StrategyClass kind = group.lane.kind;
        boolean first = group.isEmpty();
        group.tasks.add(task, queuedAt, headStart(group, task, queuedAt, now));
        if (first) {
            kind.waiting++;
            group.executionHeadStart = kind.executionHeadStart(execution, context);
            if (!execution.full) {
                group.lane.open(group);
            }
        } else if (!execution.full) {
            group.lane.changed(group);
        }
    }

    private int headStart(Group group, int task, long queuedAt, long now) {
        return group.lane.kind.headStart(ready.at(group.execution, task, queuedAt, now), context);
    }

    private Group group(E execution, Object shape) {
        Group group = execution.group(shape);
        if (group == null) {
            Tenant tenant = tenant(execution);
            Lane lane = lane(tenant, execution, shape);
            group = new Group(execution, lane);
            lane.attached++;
            execution.attach(group);
        }
        return group;
    }

    private Tenant tenant(E execution) {
        ScheduledExecution known = execution;
        Tenant tenant = known.tenant;
        if (tenant == null) {
            tenant = tenants.named(execution.tenant());
            tenant.executions++;
            known.tenant = tenant;
            if (known.arrival == 0) {
                known.arrival = ++arrivals;
            }
        }
        return tenant;
    }

    private Lane lane(Tenant tenant, E execution, Object shape) {
        Optional<SchedulingStrategy> chosen = ((ScheduledExecution) execution).strategy();
        Optional<SchedulingStrategy> own = chosen.isPresent() ? chosen : gate.strategy(shape);
        Object reason = own.isPresent() ? own.get() : COMMON;
        StrategyClass kind = tenant.classes.get(reason);
        if (kind == null) {
            kind = new StrategyClass(tenant, reason, own.orElse(common), ++arrivals);
            tenant.classes.put(reason, kind);
        }
        Lane lane = kind.lanes.get(shape);
        if (lane == null) {
            lane = new Lane(shape, kind);
            kind.lanes.put(shape, lane);
        }
        return lane;
    }

    /// The best task of those whose needs the gate grants; the gate has then taken them.
    public Optional<Assignment<E>> next(long now) {
        if (parking.nextDue() <= now) {
            wake(now);
        }
        for (Tenant tenant = tenants.first(); tenant != null; tenant = tenants.first()) {
            Lane lane = tenant.best().best();
            Group group = lane.best();
            E execution = own(group.execution);
            int task = group.tasks.firstTask();
            switch (gate.take(execution, task, now)) {
                case Verdict.Granted granted -> {
                    Assignment<E> assignment =
                            new Assignment<>(execution, task, group.tasks.firstQueuedAt(), granted.grant());
                    goes(tenant, lane, group, task);
                    return Optional.of(assignment);
                }
                case Verdict.Refused refused -> parking.park(lane, refused, now);
                case Verdict.Full _ -> leaveOut(group.execution);
            }
        }
        return Optional.empty();
    }

    private void goes(Tenant tenant, Lane lane, Group group, int task) {
        ScheduledExecution execution = group.execution;
        lane.kind.charge();
        tenant.charge(
                execution.ranks().estimatedMicros(execution.definition(task).index()));
        lane.stay.over();
        group.tasks.removeFirst();
        execution.queued--;
        queued--;
        settle(group);
    }

    /// Puts a group in its place after tasks have left it.
    private void settle(Group group) {
        if (!group.isEmpty()) {
            if (group.place >= 0) {
                group.lane.changed(group);
            }
            return;
        }
        if (group.place >= 0) {
            group.lane.close(group);
        }
        group.lane.kind.waiting--;
        if (group.execution.drop(group)) {
            detach(group);
        }
    }

    private void wake(long now) {
        for (Parking.Stay stay = parking.due(now); stay != null; stay = parking.due(now)) {
            Group head = stay.lane.best();
            gate.reserve(own(head.execution), head.tasks.firstTask(), now);
            parking.reserved(stay, head.execution, head.tasks.firstTask());
        }
    }

    private static void leaveOut(ScheduledExecution execution) {
        execution.full = true;
        for (Group group : execution.groups()) {
            if (group.place >= 0) {
                group.lane.close(group);
            }
        }
    }

    /// A resource has room again: what was refused by it is tried again.
    public void released(Object resource) {
        parking.released(resource);
    }

    /// An attempt of the execution has ended: there may be room in it, and its progress has changed.
    public void roomIn(E execution) {
        ScheduledExecution known = execution;
        boolean wasFull = known.full;
        known.full = false;
        for (Group group : known.groups()) {
            if (!group.isEmpty()) {
                group.executionHeadStart = group.lane.kind.executionHeadStart(known, context);
                if (wasFull) {
                    group.lane.open(group);
                } else {
                    group.lane.changed(group);
                }
            }
        }
    }

    /// When [#next] may have an answer, or something to do, although nothing was added, released or
    /// given room; [Long#MAX_VALUE] if never.
    public long wakeAt() {
        return parking.nextDue();
    }

    /// The task's inputs have changed: priority, estimate, value, deadline.
    public void rerank(E execution, int task, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            long queuedAt = group.tasks.remove(task);
            if (queuedAt >= 0) {
                group.tasks.add(task, queuedAt, headStart(group, task, queuedAt, now));
                if (group.place >= 0) {
                    group.lane.changed(group);
                }
                return;
            }
        }
    }

    /// The inputs of any of its tasks have changed.
    public void rerank(E execution, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            rerank(group, now);
        }
    }

    private void rerank(Group group, long now) {
        if (!group.isEmpty()) {
            StrategyClass kind = group.lane.kind;
            group.tasks.rerank((task, queuedAt) -> headStart(group, task, queuedAt, now));
            group.executionHeadStart = kind.executionHeadStart(group.execution, context);
            if (group.place >= 0) {
                group.lane.changed(group);
            }
        }
    }

    /// The task is no longer to go.
    public void remove(E execution, int task) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            if (take(group, task) >= 0) {
                ((ScheduledExecution) execution).queued--;
                queued--;
                unreserveIfEmpty(group.lane);
                return;
            }
        }
    }

    private long take(Group group, int task) {
        long queuedAt = group.tasks.remove(task);
        if (queuedAt >= 0) {
            settle(group);
        }
        return queuedAt;
    }

    /// Forgets the execution and its ready tasks.
    public void remove(E execution) {
        ScheduledExecution known = execution;
        for (Group group : known.groups()) {
            if (group.place >= 0) {
                group.lane.close(group);
            }
            if (!group.isEmpty()) {
                group.lane.kind.waiting--;
            }
            detach(group);
        }
        queued -= known.queued;
        if (known.tenant != null) {
            known.tenant.executions--;
        }
        known.detach();
    }

    private void detach(Group group) {
        Lane lane = group.lane;
        unreserveIfEmpty(lane);
        if (--lane.attached == 0) {
            parking.remove(lane.stay);
            lane.kind.lanes.remove(lane.shape);
            if (lane.kind.lanes.isEmpty()) {
                lane.kind.tenant.classes.remove(lane.kind.reason);
            }
        }
    }

    private void unreserveIfEmpty(Lane lane) {
        ScheduledExecution reservedFor = lane.stay.reservedFor;
        if (reservedFor != null && lane.isEmpty()) {
            gate.unreserve(own(reservedFor), lane.stay.reservedTask);
            lane.stay.over();
        }
    }

    /// How the engine is doing now; what is queued later is ranked by it.
    public void context(SchedulingContext now) {
        context = now;
    }

    /// What makes up the task's rank now; empty if it is not ready.
    public List<Factor> explain(E execution, int task, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            long queuedAt = group.tasks.queuedAt(task);
            if (queuedAt >= 0) {
                return group.lane.kind.strategy.explain(ready.at(execution, task, queuedAt, now), context);
            }
        }
        return List.of();
    }

    /// How many tasks are ready and wait.
    public int queued() {
        return queued;
    }

    /// Only what was added comes out, and [#add] takes none but `E`.
    @SuppressWarnings("unchecked")
    private E own(ScheduledExecution execution) {
        return (E) execution;
    }
}
