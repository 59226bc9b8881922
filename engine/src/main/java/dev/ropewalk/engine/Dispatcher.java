package dev.ropewalk.engine;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.Settlement;
import dev.ropewalk.resource.Balance;
import dev.ropewalk.resource.Demand;
import dev.ropewalk.resource.Grant;
import dev.ropewalk.resource.Resource;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.resource.Taking;
import dev.ropewalk.scheduling.Assignment;
import dev.ropewalk.scheduling.Gate;
import dev.ropewalk.scheduling.Scheduler;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.scheduling.Verdict;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import java.util.List;
import java.util.Optional;

/// Which ready task goes next, and what it is given: the scheduler asks, the ledger of resources
/// grants. Owned by the loop.
final class Dispatcher implements Gate<LiveExecution> {

    private static final Verdict ONLY_A_SLOT = new Verdict.Granted(Grant.SLOT);

    private final Scheduler<LiveExecution> scheduler;
    private final Strategies strategies;
    private final ResourceLedger ledger;

    Dispatcher(SchedulerOptions options, ResourceLedger ledger) {
        this.scheduler = new Scheduler<>(options, this);
        this.strategies = options.strategies();
        this.ledger = ledger;
    }

    /// The execution is under way: what its plan declares holds from now on.
    void enter(LiveExecution execution) {
        execution.order = execution.state().plan().ordering().strategy().flatMap(strategies::find);
        ledger.declare(
                execution,
                execution.state().plan().shared(),
                execution.admission().workflow());
    }

    /// The execution has left: its ready tasks are forgotten, what it declared no longer holds.
    void leave(LiveExecution execution) {
        scheduler.remove(execution);
        released(ledger.withdraw(execution));
    }

    /// Nothing of the execution starts any more.
    void forget(LiveExecution execution) {
        scheduler.remove(execution);
    }

    void ready(LiveExecution execution, int task, long now) {
        scheduler.add(execution, task, execution.state().queuedAt(task), now);
    }

    /// The priority of some of its tasks has changed.
    void reprioritised(LiveExecution execution, long now) {
        scheduler.rerank(execution, now);
    }

    /// The best task whose needs are granted. Its grant is a [Grant]; or a [Failure] if the task can
    /// never get what it needs.
    Optional<Assignment<LiveExecution>> next(long now) {
        return scheduler.next(now);
    }

    /// When [#next] may have something although nothing was released.
    long wakeAt() {
        return scheduler.wakeAt();
    }

    /// The attempt's start is durable: from now on its call may be on its way.
    void started(Grant grant, long at) {
        ledger.started(grant, at);
    }

    /// The granted task did not start after all.
    void revoke(Grant grant, long now) {
        released(ledger.revoke(grant, now));
    }

    /// The attempt has ended.
    ///
    /// @param usage what it reported
    void ended(LiveExecution execution, Grant grant, List<ResourceUse> usage, long now) {
        if (grant != Grant.SLOT) {
            released(ledger.release(grant, Settlement.of(grant.log(), usage), now));
        }
        scheduler.roomIn(execution);
    }

    private void released(List<Resource> resources) {
        for (int i = 0; i < resources.size(); i++) {
            scheduler.released(resources.get(i));
        }
    }

    /// What has changed of the balances that outlive the process, since the last call.
    List<Balance> changedBalances() {
        return ledger.drainChanged();
    }

    @Override
    public Optional<SchedulingStrategy> strategy(Object lane) {
        return lane instanceof Demand demand ? ledger.strategy(demand).flatMap(strategies::find) : Optional.empty();
    }

    @Override
    public Object lane(LiveExecution execution, int task) {
        Demand demand = demand(execution, task);
        return demand == Demand.SLOT ? SLOT_LANE : demand;
    }

    private Demand demand(LiveExecution execution, int task) {
        PlanFacts facts = execution.facts();
        return facts.onlySlots()
                ? Demand.SLOT
                : execution.demand(
                        execution.state().definition(task).index(), shape -> ledger.demand(execution, shape));
    }

    @Override
    public Verdict take(LiveExecution execution, int task, long now) {
        if (!execution.hasRoom()) {
            return Verdict.FULL;
        }
        Demand demand = demand(execution, task);
        if (demand == Demand.SLOT) {
            return ONLY_A_SLOT;
        }
        return switch (ledger.take(demand, execution.state().account(), now)) {
            case Grant grant -> new Verdict.Granted(grant);
            case Taking.Refused(Resource resource, long until) -> new Verdict.Refused(resource, until);
            case Taking.Never(Failure failure) -> new Verdict.Granted(failure);
        };
    }

    @Override
    public void reserve(LiveExecution execution, int task, long now) {
        ledger.reserve(demand(execution, task), now);
    }

    @Override
    public void unreserve(LiveExecution execution, int task) {
        released(ledger.unreserve(demand(execution, task)));
    }
}
