package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.StrategySwitch;
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

    /// How many tasks are ranked again before a decision at most, so that many that are due at once
    /// do not delay it.
    private static final int REVIEWS_A_DECISION = 64;

    private final Gate<E> gate;
    private final Tenants tenants;
    private final Parking parking;
    private final Reviews reviews = new Reviews();
    private final Ranking ranking = new Ranking(reviews);
    private final StrategyChoice choice;
    private final Tree tree;
    private int queued;

    public Scheduler(SchedulerOptions options, Gate<E> gate) {
        this.gate = gate;
        this.tenants = new Tenants(options);
        this.parking = new Parking(options.reserveMicros());
        this.choice = new StrategyChoice(options);
        this.tree = new Tree(tenants, choice);
    }

    /// The task is ready since now.
    public void add(E execution, int task, long now) {
        add(execution, task, now, now);
    }

    /// The task is ready since `queuedAt`.
    public void add(E execution, int task, long queuedAt, long now) {
        Object shape = gate.lane(execution, task);
        Group group = execution.group(shape);
        if (group == null) {
            group = tree.attach(execution, shape, gate);
        }
        boolean first = group.isEmpty();
        group.tasks.add(task, queuedAt, ranking.headStart(group, task, queuedAt, now));
        ScheduledExecution known = execution;
        known.queued++;
        queued++;
        group.lane.tasks++;
        if (first) {
            group.lane.kind.waiting++;
            group.executionHeadStart = ranking.executionHeadStart(group);
            if (!known.full) {
                group.lane.open(group);
            }
        } else if (!known.full) {
            group.lane.changed(group);
        }
    }

    /// The best task of those whose needs the gate grants; the gate has then taken them.
    public Optional<Assignment<E>> next(long now) {
        if (wakeAt() <= now) {
            wake(now);
        }
        for (Tenant tenant = tenants.first(); tenant != null; tenant = tenants.first()) {
            Lane lane = tenant.best().best();
            Group group = lane.best();
            E execution = own(group.execution);
            int task = group.tasks.firstTask();
            Verdict verdict = gate.take(execution, task, now);
            if (verdict instanceof Verdict.Granted granted) {
                long queuedAt = group.tasks.firstQueuedAt();
                goes(group, task);
                return Optional.of(new Assignment<>(execution, task, queuedAt, granted.grant()));
            }
            if (verdict instanceof Verdict.Refused refused) {
                parking.park(lane, refused, now);
            } else {
                leaveOut(group.execution);
            }
        }
        if (parking.nextDue() <= now) {
            // A lane that has been refused for long enough was tried, and refused again.
            wake(now);
        }
        return Optional.empty();
    }

    private void goes(Group group, int task) {
        ScheduledExecution execution = group.execution;
        StrategyClass kind = group.lane.kind;
        kind.charge();
        kind.tenant.charge(execution, task);
        group.lane.stay.over();
        group.tasks.removeFirst();
        group.lane.tasks--;
        execution.queued--;
        queued--;
        settle(group);
        idle();
    }

    private void idle() {
        if (queued == 0) {
            tenants.turns.idle();
        }
    }

    /// Puts a group in its place after a task has left it.
    private void settle(Group group) {
        if (!group.isEmpty()) {
            moved(group);
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

    private static void moved(Group group) {
        if (group.place >= 0) {
            group.lane.changed(group);
        }
    }

    private void leaveOut(ScheduledExecution execution) {
        execution.full = true;
        for (Group group : execution.groups()) {
            if (group.place >= 0) {
                group.lane.close(group);
                leaveParking(group.lane);
            }
        }
    }

    private void reserve(Parking.Stay stay, long now) {
        Group head = stay.lane.best();
        gate.reserve(own(head.execution), head.tasks.firstTask(), now);
        parking.reserved(stay, head.execution, head.tasks.firstTask());
    }

    /// Tries the lane of a task once more that may have been refused: the gate may have another answer for
    /// this one.
    public void askAgain(E execution, int task) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            if (group.lane.stay.isParked() && group.tasks.queuedAt(task) >= 0) {
                parking.remove(group.lane.stay);
                return;
            }
        }
    }

    /// As [#askAgain(ScheduledExecution, int)] for all of its tasks.
    public void askAgain(E execution) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            if (group.lane.stay.isParked()) {
                parking.remove(group.lane.stay);
            }
        }
    }

    /// Keeps what becomes free for the lane of a task that was refused, from now on and not only when it
    /// has waited for long: somebody gives way to it.
    public void keepRoomFor(E execution, int task, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            Parking.Stay stay = group.lane.stay;
            if (group.tasks.queuedAt(task) >= 0 && stay.isParked() && stay.reservedFor == null) {
                parking.unschedule(stay);
                reserve(stay, now);
                return;
            }
        }
    }

    private void wake(long now) {
        for (Parking.Stay stay = parking.due(now); stay != null; stay = parking.due(now)) {
            reserve(stay, now);
        }
        Group due = reviews.due(now);
        for (int i = 0; due != null && i < REVIEWS_A_DECISION; i++) {
            rerank(due, reviews.take(), now);
            due = reviews.due(now);
        }
    }

    /// A resource has room again: what was refused by it is tried again.
    ///
    /// @param resource the very object that was named in [Verdict.Refused]
    public void released(Object resource) {
        parking.released(resource);
    }

    /// An attempt of the execution has ended: there may be room in it, and its progress has changed.
    public void roomIn(E execution) {
        ScheduledExecution known = execution;
        boolean wasFull = known.full;
        known.full = false;
        if (known.hasProgressed() || wasFull) {
            for (Group group : known.groups()) {
                if (!group.isEmpty()) {
                    place(group, wasFull);
                }
            }
        }
    }

    private void place(Group group, boolean wasFull) {
        group.executionHeadStart = ranking.executionHeadStart(group);
        if (wasFull) {
            group.lane.open(group);
        } else {
            moved(group);
        }
    }

    /// When [#next], having had nothing, may have something or something to do although nothing was
    /// added, released or given room; [Long#MAX_VALUE] if never.
    public long wakeAt() {
        return Math.min(parking.nextDue(), reviews.nextDue());
    }

    /// The task's inputs have changed: priority, estimate, value, deadline.
    public void rerank(E execution, int task, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            if (rerank(group, task, now)) {
                return;
            }
        }
    }

    private boolean rerank(Group group, int task, long now) {
        boolean here = group.tasks.rerank(task, (t, queuedAt) -> ranking.headStart(group, t, queuedAt, now));
        if (here) {
            moved(group);
        }
        return here;
    }

    /// The inputs of any of its tasks have changed.
    public void rerank(E execution, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            rerank(group, now);
        }
    }

    private void rerank(Group group, long now) {
        if (!group.isEmpty()) {
            reviews.remove(group);
            group.tasks.rerank((task, queuedAt) -> ranking.headStart(group, task, queuedAt, now));
            group.executionHeadStart = ranking.executionHeadStart(group);
            moved(group);
        }
    }

    /// The task is no longer to go.
    public void remove(E execution, int task) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            if (group.tasks.remove(task)) {
                group.lane.tasks--;
                group.execution.queued--;
                queued--;
                settle(group);
                forget(group.lane);
                idle();
                return;
            }
        }
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
        idle();
    }

    private void detach(Group group) {
        reviews.remove(group);
        group.lane.tasks -= group.tasks.size();
        forget(group.lane);
        if (group.lane.detach(group)) {
            tree.remove(group.lane);
        }
    }

    /// If nothing of the lane can go any more, it is neither parked nor is room kept for it.
    private void leaveParking(Lane lane) {
        if (lane.isEmpty()) {
            ScheduledExecution reservedFor = lane.stay.reservedFor;
            if (reservedFor != null) {
                gate.unreserve(own(reservedFor), lane.stay.reservedTask);
                lane.stay.reservedFor = null;
            }
            parking.remove(lane.stay);
        }
    }

    private void forget(Lane lane) {
        leaveParking(lane);
        if (lane.isEmpty()) {
            lane.stay.over();
        }
    }

    /// How the engine is doing now. What is queued from now on is ranked by it, and the rules decide
    /// which strategy is used.
    ///
    /// @return the change of strategy, if it makes a rule take hold or let go
    public Optional<StrategySwitch> context(SchedulingContext context, long now) {
        ranking.context(context);
        return followed(choice.decide(context, now), now);
    }

    /// Uses another strategy for what has none of its own, unless a rule holds. All that is queued is
    /// ranked again.
    public Optional<StrategySwitch> use(SchedulingStrategy strategy, String reason, long now) {
        return followed(choice.set(strategy, reason, now), now);
    }

    private Optional<StrategySwitch> followed(Optional<StrategySwitch> change, long now) {
        if (change.isPresent()) {
            tree.strategyChanged(group -> rerank(group, now));
        }
        return change;
    }

    /// The strategy of what has none of its own.
    public SchedulingStrategy strategy() {
        return choice.current();
    }

    /// What makes up the task's rank now; empty if it is not ready.
    public List<Factor> explain(E execution, int task, long now) {
        for (Group group : ((ScheduledExecution) execution).groups()) {
            long queuedAt = group.tasks.queuedAt(task);
            if (queuedAt >= 0) {
                return ranking.explain(group, task, queuedAt, now);
            }
        }
        return List.of();
    }

    /// How many other tasks wait in the lane of one of the execution's; for the gate when it is asked.
    public int waitingBeside(E execution, Object lane) {
        Group group = ((ScheduledExecution) execution).group(lane);
        return group == null ? 0 : Math.max(0, group.lane.tasks - 1);
    }

    /// How many tasks are ready and wait.
    public int queued() {
        return queued;
    }

    /// How many tenants are known.
    int tenants() {
        return tenants.size();
    }

    /// Only what was added comes out, and [#add] takes none but `E`.
    @SuppressWarnings("unchecked")
    private E own(ScheduledExecution execution) {
        return (E) execution;
    }
}
