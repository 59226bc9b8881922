package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentDemand;
import dev.ropewalk.agent.Awaited;
import dev.ropewalk.agent.Choice;
import dev.ropewalk.agent.Lease;
import dev.ropewalk.agent.RoutingOptions;
import dev.ropewalk.agent.TaskProfile;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.Settlement;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
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
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.strategy.StrategySwitch;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which ready task goes next, and what it is given: the scheduler asks, the ledger of resources
/// grants. Owned by the loop.
final class Dispatcher implements Gate<LiveExecution> {

    private static final long LOOK_EVERY = 1_000_000;
    private static final Verdict ONLY_A_SLOT = new Verdict.Granted(Grant.SLOT);

    private final Scheduler<LiveExecution> scheduler;
    private final Strategies strategies;
    private final ResourceLedger ledger;
    private long nextLook;
    private final AgentDesk agents = new AgentDesk(RoutingOptions.DEFAULT);
    private final Preemption preemption;

    Dispatcher(SchedulerOptions options, ResourceLedger ledger) {
        this.scheduler = new Scheduler<>(options, this);
        this.strategies = options.strategies();
        this.ledger = ledger;
        this.preemption = new Preemption(ledger);
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
        // Who gave way goes behind the one for whom it did, also where the first in line goes first.
        boolean gaveWay = execution.state().preemptions(task) > 0;
        scheduler.add(execution, task, gaveWay ? now + 1 : execution.state().queuedAt(task), now);
        askForRoom(execution, task);
    }

    /// The task may be in a lane that was refused, and others may give way to it.
    private void askForRoom(LiveExecution execution, int task) {
        if (preemption.mayMakeRoomFor(execution, task)) {
            scheduler.askAgain(execution, task);
        }
    }

    Optional<StrategySwitch> arrange(Arrangement arrangement, long now) {
        switch (arrangement) {
            case Arrangement.UseStrategy(SchedulingStrategy strategy) -> {
                return scheduler.use(strategy, "asked for", now);
            }
            case Arrangement.Reprioritise(LiveExecution execution, int task, Priority priority) -> {
                execution.reprioritise(task, priority);
                scheduler.rerank(execution, task, now);
                askForRoom(execution, task);
            }
            case Arrangement.Explain(LiveExecution execution, int task, var factors) ->
                factors.accept(scheduler.explain(execution, task, now));
        }
        return Optional.empty();
    }

    /// Lets the scheduler know how the engine is doing, once a second at most.
    ///
    /// @param utilisation the share of the slots in use
    /// @return the change of strategy, if a rule takes hold or lets go
    Optional<StrategySwitch> look(double utilisation, long now) {
        if (now < nextLook) {
            return Optional.empty();
        }
        nextLook = now + LOOK_EVERY;
        LocalTime time = LocalTime.ofInstant(Instant.EPOCH.plus(now, ChronoUnit.MICROS), ZoneId.systemDefault());
        return scheduler.context(
                new SchedulingContext(utilisation, scheduler.queued(), Set.of(), budgetLeft(now), time), now);
    }

    private double budgetLeft(long now) {
        return ledger.loads(now).stream()
                .filter(load -> load.kind() == Resource.Kind.BUDGET)
                .mapToDouble(load -> Math.clamp(1 - load.utilisation(), 0, 1))
                .min()
                .orElse(1);
    }

    /// The priority of some of its tasks has changed.
    void reprioritised(LiveExecution execution, long now) {
        scheduler.rerank(execution, now);
        if (preemption.isPossible()) {
            scheduler.askAgain(execution);
        }
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

    /// Which attempts are to stop so that a task of higher priority fits; what they free is kept for it.
    List<Preemption.Victim> nextVictims(long now) {
        Preemption.Stops stops = preemption.next(now).orElse(null);
        if (stops == null) {
            return List.of();
        }
        scheduler.keepRoomFor(stops.execution(), stops.task(), now);
        return stops.victims();
    }

    void starting(LiveExecution execution, int task, LiveExecution.Running attempt) {
        preemption.started(execution, task, attempt);
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
    void ended(LiveExecution execution, int task, Grant grant, List<ResourceUse> usage, long now) {
        if (grant != Grant.SLOT) {
            preemption.ended(execution, task);
            released(ledger.release(grant, Settlement.of(grant.log(), usage), now));
        }
        scheduler.roomIn(execution);
    }

    /// The attempt has ended with an outcome, from which groups that adapt learn; before [#ended].
    void observe(Grant grant, long runMicros, boolean failed) {
        if (grant != Grant.SLOT) {
            released(ledger.observe(grant, runMicros, failed));
        }
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

    /// The attempt has ended with an outcome, from which the choice of agents learns.
    void learn(Lease lease, boolean succeeded, long runMicros, long now) {
        agents.learn(lease, succeeded, runMicros, now);
    }

    /// The attempt does not have its place with an agent any more.
    void release(@Nullable Lease lease, long now) {
        if (lease != null) {
            agents.release(lease, now);
            wakeForAgents();
        }
    }

    /// @return whose attempts are to be stopped; empty for nobody
    String change(AgentChange change, long now) {
        String gone = agents.apply(change, now);
        wakeForAgents();
        return gone;
    }

    /// The agents that have gone because they were not heard of: their attempts are to be stopped.
    List<String> gone(long now) {
        if (now < agents.nextDue()) {
            return List.of();
        }
        List<String> gone = agents.gone(now);
        wakeForAgents();
        return gone;
    }

    /// When to ask [#gone] next.
    long nextSilence() {
        return agents.nextDue();
    }

    private void wakeForAgents() {
        List<Awaited> changed = agents.changed();
        for (int i = 0; i < changed.size(); i++) {
            scheduler.released(changed.get(i));
        }
    }

    @Override
    public Optional<SchedulingStrategy> strategy(Object lane) {
        return lane instanceof Demand demand ? ledger.strategy(demand).flatMap(strategies::find) : Optional.empty();
    }

    @Override
    public Object lane(LiveExecution execution, int task) {
        AgentLane lane = agentLane(execution, task);
        if (lane != null) {
            return lane;
        }
        Demand demand = demand(execution, task);
        return demand == Demand.SLOT ? SLOT_LANE : demand;
    }

    private @Nullable AgentLane agentLane(LiveExecution execution, int task) {
        if (execution.facts().agents().isEmpty() && !agents.haveTools()) {
            return null;
        }
        return execution.agentLane(execution.state().definition(task).index(), definition -> {
            AgentDemand demand = agents.demand(definition);
            return demand == null ? null : new AgentLane(demand(execution, task), demand);
        });
    }

    private Demand demand(LiveExecution execution, int task) {
        PlanFacts facts = execution.facts();
        return facts.onlySlots() && !ledger.limitsEverything()
                ? Demand.SLOT
                : execution.demand(
                        execution.state().definition(task).index(), shape -> ledger.demand(execution, shape));
    }

    @Override
    public Verdict take(LiveExecution execution, int task, long now) {
        if (!execution.hasRoom()) {
            return Verdict.FULL;
        }
        // As it was when the task was put into its lane: a tool may have become one of agents since.
        AgentLane lane = execution.agentLane(execution.state().definition(task).index());
        if (lane != null) {
            return take(execution, task, lane, now);
        }
        Demand demand = demand(execution, task);
        if (demand == Demand.SLOT) {
            return ONLY_A_SLOT;
        }
        return switch (takeResources(execution, task, demand, now)) {
            case Grant grant -> new Verdict.Granted(grant);
            case Taking.Refused(Resource resource, long until) -> new Verdict.Refused(resource, until);
            case Taking.Never(Failure failure) -> new Verdict.Granted(failure);
        };
    }

    /// Asks for the agent first, which changes nothing, so that all is taken or nothing.
    private Verdict take(LiveExecution execution, int task, AgentLane lane, long now) {
        TaskProfile profile = profile(execution, task, lane);
        switch (agents.choose(lane.agent(), profile, now)) {
            case Choice.Faster(Awaited on, String _, long until) -> {
                return new Verdict.Refused(on, until);
            }
            case Choice.Refused refused -> {
                return new Verdict.Refused(refused.on(), Long.MAX_VALUE);
            }
            case Choice.Chosen chosen -> {
                return switch (takeResources(execution, task, lane.demand(), now)) {
                    case Grant grant ->
                        new Verdict.Granted(new Held(grant, agents.take(chosen.agent(), lane.agent(), profile, now)));
                    case Taking.Refused(Resource resource, long until) -> new Verdict.Refused(resource, until);
                    case Taking.Never(Failure failure) -> new Verdict.Granted(failure);
                };
            }
        }
    }

    private Taking takeResources(LiveExecution execution, int task, Demand demand, long now) {
        if (demand == Demand.SLOT) {
            return Grant.SLOT;
        }
        Taking taking = ledger.take(demand, execution.state().account(), now);
        if (taking instanceof Taking.Refused refused && refused.resource().kind() == Resource.Kind.POOL) {
            preemption.refused(execution, task, demand);
        }
        return taking;
    }

    private TaskProfile profile(LiveExecution execution, int task, AgentLane lane) {
        PlannedTask definition = execution.state().definition(task);
        return new TaskProfile(
                definition.estimatedMicros(),
                execution.priority(task).ordinal(),
                TaskProfile.PREDICT,
                execution.state().queuedAt(task),
                scheduler.waitingBeside(execution, lane));
    }

    @Override
    public void reserve(LiveExecution execution, int task, long now) {
        AgentLane lane = agentLane(execution, task);
        // What is shared is not kept for a task that waits for an agent: it would only stand idle.
        if (lane == null || agents.choose(lane.agent(), profile(execution, task, lane), now) instanceof Choice.Chosen) {
            ledger.reserve(demand(execution, task), now);
        }
    }

    @Override
    public void unreserve(LiveExecution execution, int task) {
        released(ledger.unreserve(demand(execution, task)));
    }
}
