package dev.ropewalk.engine;

import dev.ropewalk.agent.Lease;
import dev.ropewalk.engine.LiveExecution.Running;
import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.engine.LoopInput.Adopt;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.LoopInput.Arrange;
import dev.ropewalk.engine.LoopInput.Cancel;
import dev.ropewalk.engine.LoopInput.ChangeAgents;
import dev.ropewalk.engine.LoopInput.Decide;
import dev.ropewalk.engine.LoopInput.Look;
import dev.ropewalk.engine.LoopInput.LookAll;
import dev.ropewalk.engine.LoopInput.Shutdown;
import dev.ropewalk.engine.LoopInput.Space;
import dev.ropewalk.engine.LoopInput.Submit;
import dev.ropewalk.engine.LoopInput.SyncFailed;
import dev.ropewalk.engine.LoopInput.Synced;
import dev.ropewalk.engine.Preemption.Victim;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.ExecutionDecider;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.resource.Grant;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.scheduling.Assignment;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.tool.ArgumentCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one place where the engine decides. [#step] drains the inbox, decides, gives slots to ready
/// tasks, and hands what was decided to the log as one batch; what follows from a decision happens
/// only when its batch is durable.
///
/// The loop has no thread of its own: the engine calls `step` from one, the simulator from its
/// schedule. While one batch is being synced the next is already being decided, which is what makes
/// a sync cheap under load; idle, a task's completion and its successor's start share a batch.
///
/// It never parses, compiles, hashes payloads, evaluates expressions or runs user code.
public final class Loop {

    /// Failures that say nothing of the agent whose attempt has them.
    private static final Set<String> NOT_THE_AGENTS = Set.of(Failure.EXPRESSION, ArgumentCheck.INVALID_ARGUMENTS);

    private final Inbox inbox;
    private final Log log;
    private final Work work;
    private final Limits limits;

    private final LiveExecutions live;
    private final Timers timers = new Timers();
    private final Dispatcher dispatcher;
    private final StartQueue starts;

    /// What came while there was no space.
    private final ArrayDeque<LoopInput> deferred = new ArrayDeque<>();

    private PendingBatch batch = new PendingBatch();
    private boolean writing;
    private boolean full;
    private @Nullable Runnable whenIdle;

    /// What the attempt was given that is being started.
    private @Nullable Grant granted;

    private @Nullable Lease leased;

    private boolean failed;
    private int running;
    private int pendingEvents;

    /// @param ledger with the balances of the store restored
    public Loop(
            Inbox inbox,
            Log log,
            Work work,
            Limits limits,
            SchedulerOptions order,
            ResourceLedger ledger,
            long lastNumber) {
        this.inbox = inbox;
        this.log = log;
        this.work = work;
        this.limits = limits;
        this.dispatcher = new Dispatcher(order, ledger);
        this.starts = new StartQueue(limits);
        this.live = new LiveExecutions(lastNumber);
    }

    /// Decides everything that is known at `now`.
    ///
    /// @param now microseconds since 1970, never less than in the call before
    /// @return when to call again if no input comes before; [Long#MAX_VALUE] also while timers that are
    ///     due have to wait for the log writer, whose report is an input
    public long step(long now) {
        while (!failed) {
            boolean any = drain(now);
            if (!full && mayDecide()) {
                any |= fireTimers(now);
                dispatcher.gone(now).forEach(this::stopThoseOf);
                assign(now);
                dispatcher.look((double) running / limits.maxParallel(), now).ifPresent(work::strategyChanged);
            }
            any |= flush(now);
            if (!any) {
                break;
            }
        }
        checkIdle();
        timers.sweep(Loop::isPointless);
        return failed || full || !mayDecide()
                ? Long.MAX_VALUE
                : Math.min(
                        Math.min(timers.nextDue(), dispatcher.nextSilence()),
                        mayAssign() ? dispatcher.wakeAt() : Long.MAX_VALUE);
    }

    /// How many executions have left memory, with their ends in the store; may be read from any thread.
    public long unloads() {
        return live.unloads();
    }

    /// Whether the log failed; nothing is decided any more.
    public boolean failed() {
        return failed;
    }

    /// The executions in memory, in the order in which they came.
    public List<LiveExecution> liveExecutions() {
        return live.all();
    }

    /// Whether a batch is being made durable.
    boolean writing() {
        return writing;
    }

    int waitingTimers() {
        return timers.size();
    }

    private boolean mayDecide() {
        return pendingEvents < limits.maxBatchEvents();
    }

    private boolean drain(long now) {
        boolean any = false;
        while (!failed) {
            LoopInput input = nextInput();
            if (input == null) {
                break;
            }
            any = true;
            if (full) {
                handleWhileFull(input, now);
            } else {
                handle(input, now);
            }
        }
        return any;
    }

    private @Nullable LoopInput nextInput() {
        if (full) {
            return inbox.take();
        }
        if (!mayDecide()) {
            return inbox.takeUrgent();
        }
        LoopInput put = deferred.pollFirst();
        return put != null ? put : inbox.take();
    }

    /// Nothing can be made durable: what asks for it is refused, what must not be lost waits.
    private void handleWhileFull(LoopInput input, long now) {
        switch (input) {
            case Submit c -> c.answer().accept(Refusals.STORAGE_FULL);
            case Cancel c -> c.answer().accept(Refusals.STORAGE_FULL);
            case Look c -> c.answer().accept(new Answer.NotHere());
            case LookAll c -> c.look().accept(live.all());
            case Decide _, Adopt _, Shutdown _ -> deferred.addLast(input);
            case ChangeAgents _, Arrange _, Synced _, SyncFailed _, Space _ -> handle(input, now);
        }
    }

    private void handle(LoopInput input, long now) {
        switch (input) {
            case Decide c -> {
                if (!c.execution().unloaded) {
                    decide(c.execution(), c.command().apply(now));
                }
            }
            case Submit c -> submit(c, now);
            case Cancel c -> cancel(c, now);
            case Adopt c -> adopt(c, now);
            case Look c -> look(c);
            case LookAll c -> c.look().accept(live.all());
            case ChangeAgents c -> stopThoseOf(dispatcher.change(c.change(), now));
            case Arrange c -> {
                dispatcher.arrange(c.arrangement(), now).ifPresent(work::strategyChanged);
                c.done().run();
            }
            case Synced c -> {
                writing = false;
                c.batch().afterSync.forEach(action -> action.accept(now));
            }
            case SyncFailed _ -> fail();
            case Space c -> full = c.full();
            case Shutdown c -> shutdown(c);
        }
    }

    private void submit(Submit c, long now) {
        Admission wanted = c.admission();
        Answer refusal = live.refusal(wanted, c.checkedAt());
        if (refusal != null) {
            answer(c.answer(), refusal);
        } else if (whenIdle != null) {
            answer(c.answer(), new Answer.Refused("SHUTTING_DOWN", "the engine is shutting down", ""));
        } else if (starts.isFull()) {
            answer(
                    c.answer(),
                    new Answer.Refused(
                            "QUEUE_FULL",
                            "%d executions are waiting to start".formatted(starts.waiting()),
                            "submit again later, or raise maxPendingExecutions"));
        } else {
            LiveExecution execution = new LiveExecution(
                    wanted.numbered(live.nextNumber()),
                    new ExecutionState(c.plan()),
                    c.facts(),
                    c.attachment(),
                    new byte[32]);
            live.add(execution);
            String digest = HexFormat.of().formatHex(wanted.planDigest());
            decide(execution, new ExecutionCommand.Accept(now, wanted.id(), c.seed(), digest));
            if (execution.unloaded) {
                answer(c.answer(), Refusals.QUARANTINED);
            } else {
                enqueueStart(execution, now);
                answer(c.answer(), new Answer.Done(wanted.id(), false));
            }
        }
    }

    private void adopt(Adopt c, long now) {
        LiveExecution known = live.find(c.admission().namespace(), c.admission().id());
        if (known != null) {
            c.cancel().ifPresent(reason -> cancel(known, reason, now));
            answer(c.answer(), new Answer.Done(c.admission().id(), true));
            return;
        }
        if (live.mayHaveLeft(c.admission().namespace(), c.admission().id(), c.checkedAt())) {
            answer(c.answer(), new Answer.NotHere());
            return;
        }
        LiveExecution execution =
                new LiveExecution(c.admission(), c.state(), c.facts(), c.attachment(), c.headDigest());
        live.add(execution);
        if (c.state().status() == ExecutionStatus.RUNNING) {
            starts.activateAtOnce(execution);
            dispatcher.enter(execution);
            running += c.state().runningTasks();
            resume(execution, c.epoch(), now);
        } else if (c.cancel().isEmpty()) {
            enqueueStart(execution, now);
        }
        c.cancel().ifPresent(reason -> cancel(execution, reason, now));
        answer(c.answer(), new Answer.Done(c.admission().id(), false));
    }

    /// Issues again what the state still needs.
    private void resume(LiveExecution execution, long epoch, long now) {
        ExecutionState state = execution.state();
        state.drainEvaluations();
        for (int task = 0; task < state.taskCount(); task++) {
            switch (state.phase(task)) {
                case QUEUED -> dispatcher.ready(execution, task, now);
                case BACKING_OFF -> timers.set(state.due(task), Timers.Kind.RETRY, execution, task, 0);
                case DELAYED, FINISHING -> timers.set(state.due(task), Timers.Kind.DELAY, execution, task, 0);
                case EVALUATING -> evaluate(execution, task);
                case PENDING, READY, RUNNING, EXPANDED, HELD -> {}
                case COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {}
            }
        }
        decide(execution, new ExecutionCommand.Recover(now, epoch));
    }

    private void enqueueStart(LiveExecution execution, long now) {
        starts.add(execution);
        startWaiting(now);
    }

    private void startWaiting(long now) {
        while (whenIdle == null) {
            LiveExecution next = starts.next();
            if (next == null) {
                return;
            }
            dispatcher.enter(next);
            decide(next, new ExecutionCommand.Start(now));
        }
    }

    private void cancel(Cancel c, long now) {
        LiveExecution execution = live.find(c.namespace(), c.id());
        if (execution == null) {
            answer(c.answer(), new Answer.NotHere());
            return;
        }
        cancel(execution, c.reason(), now);
        answer(c.answer(), new Answer.Done(c.id(), false));
    }

    private void cancel(LiveExecution execution, String reason, long now) {
        if (!execution.unloaded) {
            starts.activateAtOnce(execution);
            decide(execution, new ExecutionCommand.Cancel(now, reason));
        }
    }

    private void look(Look c) {
        LiveExecution execution = live.find(c.namespace(), c.id());
        if (execution == null) {
            answer(c.answer(), new Answer.NotHere());
        } else {
            c.look().accept(execution);
            answer(c.answer(), new Answer.Done(c.id(), false));
        }
    }

    private void answer(Consumer<Answer> consumer, Answer answer) {
        batch.effects.add(() -> consumer.accept(answer));
    }

    private void decide(LiveExecution execution, ExecutionCommand command) {
        ExecutionState state = execution.state();
        int before = execution.pending.size();
        int effects = batch.effects.size();
        int afterSync = batch.afterSync.size();
        int ran = state.runningTasks();
        try {
            ExecutionDecider.decide(state, command, execution.pending);
            running += state.runningTasks() - ran;
            int after = execution.pending.size();
            if (after > before) {
                batch.touched.add(execution);
                pendingEvents += after - before;
            }
            for (int i = before; i < after; i++) {
                follow(execution, execution.pending.get(i), command.at());
            }
            for (int task : state.drainEvaluations()) {
                evaluate(execution, task);
            }
            if (state.needsResult() && !execution.resultAsked) {
                execution.resultAsked = true;
                batch.effects.add(work.result(execution)::start);
            }
            armTimeout(execution);
            armDeadline(execution);
        } catch (RuntimeException e) {
            execution.pending.subList(before, execution.pending.size()).clear();
            batch.effects.subList(effects, batch.effects.size()).clear();
            batch.afterSync.subList(afterSync, batch.afterSync.size()).clear();
            quarantine(execution, e, ran, command.at());
            startWaiting(command.at());
            return;
        }
        if (state.status().ended()) {
            unload(execution);
            startWaiting(command.at());
        }
    }

    private void evaluate(LiveExecution execution, int task) {
        batch.effects.add(work.evaluation(execution, task, execution.state().generation(task))::start);
    }

    /// What an event calls for.
    private void follow(LiveExecution execution, LogEvent event, long now) {
        switch (event) {
            case LogEvent.TasksQueued e -> e.tasks().forEach(task -> dispatcher.ready(execution, task, now));
            case LogEvent.TaskStarted e -> start(execution, e, now);
            case LogEvent.TaskCompleted e -> {
                learn(execution, e.task(), true, e.runMicros(), now);
                ended(execution, e.task(), e.usage(), now);
            }
            case LogEvent.CompletionHeld e -> {
                learn(execution, e.task(), true, e.runMicros(), now);
                ended(execution, e.task(), e.usage(), now);
            }
            case LogEvent.AttemptFailed e -> {
                if (!NOT_THE_AGENTS.contains(e.failure().code())) {
                    learn(execution, e.task(), false, e.runMicros(), now);
                }
                ended(execution, e.task(), e.usage(), now);
            }
            case LogEvent.AttemptStopped e -> ended(execution, e.task(), List.of(), now);
            case LogEvent.RetryScheduled e -> {
                timers.set(e.due(), Timers.Kind.RETRY, execution, e.task(), 0);
                execution.nextTimer = e.due();
            }
            case LogEvent.TaskDelayed e -> {
                timers.set(e.due(), Timers.Kind.DELAY, execution, e.task(), 0);
                execution.nextTimer = e.due();
            }
            case LogEvent.StepRetrying _ -> stopRunning(execution);
            case LogEvent.DeadlineMissed _ -> {
                dispatcher.reprioritised(execution, now);
                stopRunning(execution);
            }
            case LogEvent.ExecutionStopping _ -> {
                dispatcher.forget(execution);
                stopRunning(execution);
            }
            case LogEvent.ExecutionAccepted _,
                    LogEvent.ExecutionStarted _,
                    LogEvent.TaskFailed _,
                    LogEvent.TaskTimedOut _,
                    LogEvent.TaskSkipped _,
                    LogEvent.TasksCancelled _,
                    LogEvent.ConditionEvaluated _,
                    LogEvent.DelayEnded _,
                    LogEvent.TaskExpanded _,
                    LogEvent.StepRetried _,
                    LogEvent.ExecutionCompleted _,
                    LogEvent.ExecutionFailed _,
                    LogEvent.ExecutionCancelled _,
                    LogEvent.ExecutionTimedOut _,
                    LogEvent.RecoveryInitiated _,
                    LogEvent.ResultRejected _ -> {}
        }
    }

    private void start(LiveExecution execution, LogEvent.TaskStarted event, long now) {
        int task = event.task();
        int attempt = event.attempt();
        Grant grant = Objects.requireNonNull(granted);
        granted = null;
        Lease lease = leased;
        leased = null;
        Running started =
                new Running(attempt, work.attempt(execution, task, attempt, event.agent()), grant, lease, now);
        execution.running.put(task, started);
        dispatcher.starting(execution, task, started);
        if (grant != Grant.SLOT) {
            batch.afterSync.add(synced -> dispatcher.started(grant, synced));
        }
        batch.effects.add(started.order::start);
        long timeout = execution.state().definition(task).timeoutMicros();
        if (timeout > 0) {
            batch.afterSync.add(
                    synced -> timers.set(synced + timeout, Timers.Kind.ATTEMPT_TIMEOUT, execution, task, attempt));
        }
    }

    private void ended(LiveExecution execution, int task, List<ResourceUse> usage, long now) {
        Running ended = execution.running.remove(task);
        if (ended != null) {
            dispatcher.release(ended.lease, now);
            dispatcher.ended(execution, task, ended.grant, usage, now);
        }
    }

    /// Before its [#ended].
    private void learn(LiveExecution execution, int task, boolean succeeded, long runMicros, long now) {
        Running running = execution.running.get(task);
        if (running != null) {
            dispatcher.observe(running.grant, runMicros, !succeeded);
            if (running.lease != null) {
                dispatcher.learn(running.lease, succeeded, runMicros, now);
            }
        }
    }

    /// The agent is gone: what it runs has to start again elsewhere.
    private void stopThoseOf(String agent) {
        if (agent.isEmpty()) {
            return;
        }
        for (LiveExecution execution : live.all()) {
            execution.running.forEach((task, attempt) -> {
                if (attempt.lease != null && attempt.lease.agent().equals(agent) && attempt.stopCause == null) {
                    stop(execution, task, attempt, StopCause.AGENT_LOST);
                }
            });
        }
    }

    private void stopRunning(LiveExecution execution) {
        execution.running.forEach((task, attempt) -> {
            Optional<AttemptEnd> why = execution.state().toStop(task);
            if (why.isPresent() && attempt.stopCause == null) {
                stop(execution, task, attempt, StopCause.of(why.get()));
            }
        });
    }

    /// Tells an attempt to stop once what was decided is durable, and gives it up after its grace.
    private void stop(LiveExecution execution, int task, Running attempt, StopCause cause) {
        stop(execution, task, attempt, cause, 0);
    }

    /// @param grace if it is to be longer than the engine's
    private void stop(LiveExecution execution, int task, Running attempt, StopCause cause, long grace) {
        attempt.stopCause = cause;
        long patience = Math.max(limits.graceMicros(), grace);
        batch.effects.add(() -> work.stop(execution, task, attempt.attempt, cause));
        batch.afterSync.add(now -> timers.set(now + patience, Timers.Kind.ABANDON, execution, task, attempt.attempt));
    }

    private void armTimeout(LiveExecution execution) {
        long due = execution.state().timeoutDue();
        if (due != 0 && due != execution.timeoutArmed) {
            execution.timeoutArmed = due;
            timers.set(due, Timers.Kind.EXECUTION_TIMEOUT, execution, 0, 0);
        }
    }

    private void armDeadline(LiveExecution execution) {
        long due = execution.state().deadlineDue();
        if (due != execution.deadlineArmed) {
            execution.deadlineArmed = due;
            if (due != 0) {
                timers.set(due, Timers.Kind.DEADLINE, execution, 0, 0);
            }
        }
    }

    private static boolean isPointless(Timers.Timer timer) {
        LiveExecution execution = timer.execution();
        if (execution.unloaded) {
            return true;
        }
        return switch (timer.kind()) {
            case ATTEMPT_TIMEOUT, ABANDON -> {
                Running attempt = execution.running.get(timer.task());
                yield attempt == null || attempt.attempt != timer.attempt();
            }
            case EXECUTION_TIMEOUT -> execution.timeoutArmed != timer.due();
            case DEADLINE -> execution.deadlineArmed != timer.due();
            case RETRY, DELAY -> false;
        };
    }

    private boolean fireTimers(long now) {
        boolean any = false;
        for (Timers.Timer timer = timers.take(now); timer != null; timer = timers.take(now)) {
            if (!timer.execution().unloaded) {
                any = true;
                fire(timer, now);
            }
        }
        return any;
    }

    private void fire(Timers.Timer timer, long now) {
        LiveExecution execution = timer.execution();
        int task = timer.task();
        switch (timer.kind()) {
            case RETRY -> decide(execution, new ExecutionCommand.RetryDue(now, task));
            case DELAY -> decide(execution, new ExecutionCommand.DelayDue(now, task));
            case DEADLINE -> decide(execution, new ExecutionCommand.DeadlineDue(now));
            case EXECUTION_TIMEOUT -> decide(execution, new ExecutionCommand.TimeoutDue(now));
            case ATTEMPT_TIMEOUT -> {
                Running attempt = execution.running.get(task);
                if (attempt != null && attempt.attempt == timer.attempt() && attempt.stopCause == null) {
                    stop(execution, task, attempt, StopCause.TIMEOUT);
                }
            }
            case ABANDON -> {
                Running attempt = execution.running.get(task);
                StopCause cause = attempt == null ? null : attempt.stopCause;
                if (attempt != null && cause != null && attempt.attempt == timer.attempt()) {
                    work.abandon(execution, task, attempt.attempt);
                    decide(execution, abandoned(now, execution, task, attempt, cause));
                }
            }
        }
    }

    private ExecutionCommand abandoned(long now, LiveExecution execution, int task, Running given, StopCause cause) {
        int attempt = given.attempt;
        return switch (cause) {
            case TIMEOUT ->
                new ExecutionCommand.ReportFailure(
                        now,
                        task,
                        attempt,
                        Failure.retryable(
                                Failure.TIMEOUT,
                                "did not end within its timeout of %d ms and the grace of %d ms"
                                        .formatted(
                                                execution
                                                                .state()
                                                                .definition(task)
                                                                .timeoutMicros()
                                                        / 1_000,
                                                limits.graceMicros() / 1_000)),
                        "",
                        now - given.startedAt,
                        List.of());
            case CANCELLED -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.CANCELLED);
            case STEP_RETRY -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.STEP_RETRY);
            case DEADLINE -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.DEADLINE);
            case PREEMPTED -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.PREEMPTED);
            case AGENT_LOST -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.LOST);
            case SHUTDOWN -> new ExecutionCommand.ReportStopped(now, task, attempt, AttemptEnd.SHUTDOWN);
        };
    }

    private boolean mayAssign() {
        return running < limits.maxParallel() && whenIdle == null;
    }

    /// Gives slots to ready tasks.
    private void assign(long now) {
        while (mayAssign() && mayDecide()) {
            Assignment<LiveExecution> next = dispatcher.next(now).orElse(null);
            if (next == null) {
                preempt(now);
                return;
            }
            if (next.grant() instanceof Failure never) {
                decide(next.execution(), new ExecutionCommand.RefuseTask(now, next.task(), never));
            } else if (next.grant() instanceof Held held) {
                start(next.execution(), next.task(), held.grant(), held.lease(), now);
            } else {
                start(next.execution(), next.task(), (Grant) next.grant(), null, now);
            }
        }
    }

    /// Stops attempts that give way to tasks of higher priority.
    private void preempt(long now) {
        for (List<Victim> victims = dispatcher.nextVictims(now);
                !victims.isEmpty();
                victims = dispatcher.nextVictims(now)) {
            for (Victim victim : victims) {
                stop(victim.execution(), victim.task(), victim.attempt(), StopCause.PREEMPTED, victim.graceMicros());
            }
        }
    }

    private void start(LiveExecution execution, int task, Grant grant, @Nullable Lease lease, long now) {
        granted = grant;
        leased = lease;
        decide(execution, new ExecutionCommand.StartTask(now, task, grant.log(), lease == null ? "" : lease.agent()));
        if (granted != null) {
            granted = null;
            leased = null;
            dispatcher.release(lease, now);
            dispatcher.revoke(grant, now);
        }
    }

    private boolean flush(long now) {
        if (writing || batch.isEmpty()) {
            return false;
        }
        PendingBatch full = batch;
        batch = new PendingBatch();
        pendingEvents = 0;
        List<PendingBatch.Draft> drafts = new ArrayList<>(full.touched.size());
        for (LiveExecution execution : full.touched) {
            drafts.add(execution.handOver(now));
        }
        full.drafts = drafts;
        if (!drafts.isEmpty()) {
            full.balances = dispatcher.changedBalances();
        }
        if (drafts.isEmpty()) {
            full.effects.forEach(Runnable::run);
            full.afterSync.forEach(action -> action.accept(now));
        } else if (log.inline()) {
            log.write(full);
            full.afterSync.forEach(action -> action.accept(now));
        } else {
            writing = true;
            log.write(full);
        }
        return true;
    }

    private void unload(LiveExecution execution) {
        execution.unloaded = true;
        starts.remove(execution);
        dispatcher.leave(execution);
        long unloaded = live.remove(execution);
        batch.effects.add(() -> {
            live.endIsDurable(unloaded);
            work.unloaded(execution);
        });
    }

    /// One execution's bug must not end the others: it is no longer loaded. What was decided for it
    /// before is still recorded.
    private void quarantine(LiveExecution execution, RuntimeException cause, int ran, long now) {
        running -= ran;
        execution.running.forEach((task, attempt) -> {
            work.abandon(execution, task, attempt.attempt);
            dispatcher.release(attempt.lease, now);
            dispatcher.ended(execution, task, attempt.grant, List.of(), now);
        });
        unload(execution);
        work.quarantined(execution, cause);
    }

    private void shutdown(Shutdown c) {
        whenIdle = c.idle();
        for (LiveExecution execution : live.all()) {
            execution.running.forEach((task, attempt) -> {
                if (attempt.stopCause == null) {
                    stop(execution, task, attempt, StopCause.SHUTDOWN);
                }
            });
        }
    }

    private void checkIdle() {
        if (whenIdle != null && (failed || (running == 0 && !writing && batch.isEmpty() && inbox.isEmpty()))) {
            whenIdle.run();
            whenIdle = () -> {};
        }
    }

    private void fail() {
        failed = true;
        for (LiveExecution execution : live.all()) {
            execution.running.forEach((task, attempt) -> work.abandon(execution, task, attempt.attempt));
        }
    }
}
