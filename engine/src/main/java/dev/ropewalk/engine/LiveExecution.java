package dev.ropewalk.engine;

import dev.ropewalk.agent.Lease;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.resource.Demand;
import dev.ropewalk.resource.DemandShape;
import dev.ropewalk.resource.Grant;
import dev.ropewalk.scheduling.PlanRanks;
import dev.ropewalk.scheduling.ScheduledExecution;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An execution that the loop has in memory. Owned by the loop, except [#headDigest], which is the log
/// writer's.
public final class LiveExecution extends ScheduledExecution {

    /// An attempt that was started and whose end has not been recorded.
    static final class Running {
        final int attempt;
        final Work.Order order;
        final Grant grant;

        /// Its place with an agent, if it asked for one.
        final @Nullable Lease lease;

        /// By the loop's clock.
        final long startedAt;

        @Nullable
        StopCause stopCause;

        Running(int attempt, Work.Order order, Grant grant, @Nullable Lease lease, long startedAt) {
            this.attempt = attempt;
            this.order = order;
            this.grant = grant;
            this.lease = lease;
            this.startedAt = startedAt;
        }
    }

    /// Why an attempt was told to stop.
    public enum StopCause {
        TIMEOUT,
        CANCELLED,
        STEP_RETRY,
        DEADLINE,
        PREEMPTED,
        /// The agent that runs it has gone.
        AGENT_LOST,
        SHUTDOWN;

        static StopCause of(AttemptEnd end) {
            return switch (end) {
                case CANCELLED, LOST -> CANCELLED;
                case STEP_RETRY -> STEP_RETRY;
                case DEADLINE -> DEADLINE;
                case PREEMPTED -> PREEMPTED;
                case SHUTDOWN -> SHUTDOWN;
            };
        }
    }

    private final Admission admission;
    private final ExecutionState state;
    private final PlanFacts facts;
    private final Object attachment;
    final Map<Integer, Running> running = new LinkedHashMap<>();

    /// The events since the last frame was handed to the log writer.
    List<LogEvent> pending = new ArrayList<>();

    /// How many of its events were handed to the log writer.
    long handedOver;

    long timeoutArmed;
    long deadlineArmed;
    long nextTimer;
    boolean resultAsked;

    /// Whether it counts among those that run.
    boolean active;

    boolean unloaded;

    /// The tasks that were given another priority.
    private Map<Integer, Priority> reprioritised = Map.of();

    /// The strategy that its plan names, if there is such a one.
    Optional<SchedulingStrategy> order = Optional.empty();

    byte[] headDigest;

    /// By the plan's task what it asks of the ledger; empty until the first asks for more than a slot.
    private @Nullable Demand[] demands = {};

    /// By the plan's task who may run it; empty until the first may need an agent.
    private @Nullable AgentLane[] agentLanes = {};

    private @Nullable BitSet agentsAsked;

    public LiveExecution(
            Admission admission, ExecutionState state, PlanFacts facts, Object attachment, byte[] headDigest) {
        this.admission = admission;
        this.state = state;
        this.facts = facts;
        this.attachment = attachment;
        this.headDigest = headDigest;
        this.handedOver = state.lastSeq();
    }

    public Admission admission() {
        return admission;
    }

    public ExecutionState state() {
        return state;
    }

    /// What [Work] keeps with the execution.
    public Object attachment() {
        return attachment;
    }

    PlanFacts facts() {
        return facts;
    }

    /// What a task of the plan asks for.
    ///
    /// @param resolve asks the ledger, once for each task
    Demand demand(int planned, Function<DemandShape, Demand> resolve) {
        if (demands.length == 0) {
            demands = new Demand[state.plan().taskCount()];
        }
        Demand demand = demands[planned];
        if (demand == null) {
            DemandShape shape = facts.shape(planned);
            demand = resolve.apply(shape);
            demands[planned] = demand;
        }
        return demand;
    }

    /// What a task of the plan asks of an agent, with what else it asks for; null if it needs none.
    ///
    /// @param resolve asks the agents, once for each task
    @Nullable
    AgentLane agentLane(int planned, Function<PlannedTask, @Nullable AgentLane> resolve) {
        BitSet asked = agentsAsked;
        if (asked == null) {
            agentLanes = new AgentLane[state.plan().taskCount()];
            asked = new BitSet(agentLanes.length);
            agentsAsked = asked;
        }
        if (!asked.get(planned)) {
            asked.set(planned);
            agentLanes[planned] = resolve.apply(state.plan().task(planned));
        }
        return agentLanes[planned];
    }

    /// What was answered for the task of the plan; null if it needs no agent, or was not asked.
    @Nullable
    AgentLane agentLane(int planned) {
        return agentsAsked == null ? null : agentLanes[planned];
    }

    @Override
    protected PlannedTask definition(int task) {
        return state.definition(task);
    }

    @Override
    protected PlanRanks ranks() {
        return facts.ranks();
    }

    @Override
    protected Optional<SchedulingStrategy> strategy() {
        return order;
    }

    @Override
    protected Priority priority(int task) {
        Priority stated =
                reprioritised.isEmpty() ? state.priority(task) : reprioritised.getOrDefault(task, state.priority(task));
        int preemptions = state.preemptions(task);
        return preemptions == 0 ? stated : stated.raisedBy(preemptions);
    }

    void reprioritise(int task, Priority priority) {
        if (reprioritised.isEmpty()) {
            reprioritised = new HashMap<>();
        }
        reprioritised.put(task, priority);
    }

    @Override
    protected long deadline(int task) {
        return facts.hasDeadlines() ? state.deadline(task) : Long.MAX_VALUE;
    }

    @Override
    public long deadline() {
        return facts.hasDeadlines() ? state.deadline() : Long.MAX_VALUE;
    }

    @Override
    public boolean underWay() {
        return state.runningTasks() > 0 || state.completedTasks() > 0;
    }

    @Override
    public double shareDone() {
        int counted = state.countedTasks();
        return counted == 0 ? 0 : (double) state.completedTasks() / counted;
    }

    boolean hasRoom() {
        int limit = state.plan().maxParallel();
        return limit == 0 || state.runningTasks() < limit;
    }

    /// What has been decided since the last call, for the log writer.
    PendingBatch.Draft handOver(long now) {
        List<LogEvent> events = pending;
        pending = new ArrayList<>(4);
        long firstSeq = handedOver + 1;
        handedOver += events.size();
        return new PendingBatch.Draft(
                this,
                firstSeq,
                events,
                state.status().name(),
                state.acceptedAt(),
                state.startedAt(),
                state.endedAt(),
                state.status().ended() ? 0 : nextDue(now),
                state.status() == ExecutionStatus.FAILED ? state.failure().map(Failure::code) : Optional.empty(),
                firstSeq == 1);
    }

    private long nextDue(long now) {
        long timeout = state.timeoutDue();
        long retry = nextTimer > now ? nextTimer : 0;
        return timeout == 0 || (retry != 0 && retry < timeout) ? retry : timeout;
    }

    @Override
    public String toString() {
        return "execution " + admission.id() + " " + state.status();
    }
}
