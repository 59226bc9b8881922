package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.Admission;
import dev.ropewalk.engine.Inbox;
import dev.ropewalk.engine.InlineLog;
import dev.ropewalk.engine.Ledgers;
import dev.ropewalk.engine.Limits;
import dev.ropewalk.engine.LiveExecution;
import dev.ropewalk.engine.LogAppender;
import dev.ropewalk.engine.LogProtocol;
import dev.ropewalk.engine.Loop;
import dev.ropewalk.engine.LoopInput;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.PlanFacts;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.testkit.disk.SimulatedCrash;
import dev.ropewalk.testkit.disk.SimulatedStore;
import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.PlanReferences;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One life of the engine: from the opening of its store until it ends, mostly badly.
final class SimulatedProcess {

    private final Simulation world;
    private final SimulatedStore store;
    private final long wallOffset;
    private final Limits limits;
    private final Inbox inbox;
    private final Loop loop;
    private final @Nullable SimulatedLog log;
    private boolean alive = true;
    private boolean idle;
    private long stepAt = Long.MAX_VALUE;
    private int recovering;
    private int found;
    private int effectsLeft = Integer.MAX_VALUE;

    SimulatedProcess(Simulation world, SimulatedStore store, long wallOffset) {
        this.world = world;
        this.store = store;
        this.wallOffset = wallOffset;
        this.limits = world.limits();
        this.inbox = new Inbox(world.inboxCapacity());
        SimulatedWork work = new SimulatedWork(this);
        LogAppender appender = new LogAppender(store, work);
        ResourceLedger ledger = Ledgers.of(store, now());
        if (world.has(Fault.INLINE_LOG)) {
            world.count(Fault.INLINE_LOG);
            this.log = null;
            this.loop = new Loop(
                    inbox,
                    new InlineLog(appender),
                    work,
                    limits,
                    SchedulerOptions.DEFAULT,
                    ledger,
                    store.lastExecutionNumber());
        } else {
            this.log = new SimulatedLog(this, new LogProtocol(appender, inbox, this::logFailed));
            this.loop =
                    new Loop(inbox, log, work, limits, SchedulerOptions.DEFAULT, ledger, store.lastExecutionNumber());
        }
    }

    private void logFailed(StoreException cause) {
        if (!store.failedToSync()) {
            throw new Violation("G13", "the log cannot be written: " + cause);
        }
    }

    Simulation world() {
        return world;
    }

    SimulatedStore store() {
        return store;
    }

    Inbox inbox() {
        return inbox;
    }

    Loop loop() {
        return loop;
    }

    long graceMicros() {
        return limits.graceMicros();
    }

    boolean isAlive() {
        return alive;
    }

    /// What the wall clock shows to this process.
    long now() {
        return world.clock().micros() + wallOffset;
    }

    /// Does something later, if the process then still lives.
    void in(long micros, Runnable action) {
        world.clock().in(micros, () -> {
            if (alive) {
                action.run();
            }
        });
    }

    /// Gets back everything that has not ended, one after the other, unless that is left to clients.
    void recover() {
        List<ExecutionRow> unfinished = store.unfinished();
        found = unfinished.size();
        if (world.has(Fault.RESUME_ON_DEMAND)) {
            return;
        }
        for (ExecutionRow row : unfinished) {
            recovering++;
            in(world.random().skewed(1, 50_000), () -> recover(row));
        }
    }

    private void recover(ExecutionRow row) {
        adopt(row, new Recovery(store).fold(row), 0, _ -> {
            effect();
            recovering--;
        });
    }

    /// As the engine's face does when somebody asks for it: reads the row, folds, asks the loop.
    void resume(String id) {
        long checkedAt = loop.unloads();
        ExecutionRow row = store.execution("", id).orElseThrow();
        if (!ExecutionStatus.valueOf(row.status()).ended()) {
            in(world.random().skewed(1, 500_000), () -> {
                ExecutionState state = new Recovery(store).fold(row);
                in(
                        world.random().skewed(1, 500_000),
                        () -> adopt(row, state, checkedAt, answer -> resumed(id, answer)));
            });
        }
    }

    private void resumed(String id, Answer answer) {
        effect();
        world.count(world.has(Fault.RESUME_ON_DEMAND) ? Fault.RESUME_ON_DEMAND : Fault.RESUME);
        if (answer instanceof Answer.NotHere) {
            resume(id);
        }
    }

    private void adopt(ExecutionRow row, ExecutionState state, long checkedAt, Consumer<Answer> answer) {
        world.oracle().lastState(row.id(), state);
        Admission admission = new Admission(
                row.number(),
                row.namespace(),
                row.id(),
                row.workflow(),
                row.version(),
                row.planDigest(),
                Optional.empty(),
                row.idempotencyKey(),
                row.bodyDigest(),
                row.tags(),
                row.metadata());
        InputCollector inputs = new InputCollector(PlanReferences.of(state.plan()));
        put(new LoopInput.Adopt(
                admission,
                state,
                PlanFacts.of(state.plan(), DurationEstimates.stated()),
                inputs,
                row.headDigest(),
                store.epoch(),
                checkedAt,
                Optional.empty(),
                answer));
    }

    boolean isRecovering() {
        return recovering > 0;
    }

    void put(LoopInput input) {
        inbox.put(input);
        wake();
    }

    boolean offer(LoopInput input) {
        boolean taken = inbox.offer(input);
        wake();
        return taken;
    }

    /// The loop is to look into its inbox soon.
    void wake() {
        stepBy(world.clock().micros() + world.random().below(200));
    }

    private void stepBy(long micros) {
        if (alive && micros < stepAt) {
            stepAt = micros;
            world.clock().at(micros, () -> {
                if (alive && stepAt <= world.clock().micros()) {
                    step();
                }
            });
        }
    }

    private void step() {
        stepAt = Long.MAX_VALUE;
        long due = loop.step(now());
        if (due <= now()) {
            throw new Violation("I19", "the loop does not rest: it is %d and it is due at %d".formatted(now(), due));
        }
        look();
        if (log == null) {
            released();
        }
        if (loop.failed()) {
            throw new SimulatedCrash(SimulatedCrash.Where.AFTER_FAILED_SYNC);
        }
        if (idle) {
            world.ended(this);
        } else if (due != Long.MAX_VALUE) {
            stepBy(due - wallOffset + world.random().below(500));
        }
    }

    /// Looks at what the engine has in memory.
    private void look() {
        int waiting = 0;
        int active = 0;
        for (LiveExecution execution : loop.liveExecutions()) {
            ExecutionState state = execution.state();
            world.oracle().liveState(execution.admission().id(), state);
            waiting += state.status() == ExecutionStatus.PENDING ? 1 : 0;
            active += state.status() == ExecutionStatus.RUNNING ? 1 : 0;
        }
        // What was accepted before is never dropped; it may come when others have taken its place.
        if (waiting > limits.maxPendingExecutions() + found) {
            throw new Violation("I19", "%d executions wait, %d were found waiting".formatted(waiting, found));
        }
        if (active > limits.maxConcurrentExecutions() + found) {
            throw new Violation("I2", "%d executions run, %d were found running".formatted(active, found));
        }
    }

    /// A batch is durable and everybody knows.
    void released() {
        world.oracle().released();
        int running = world.oracle().running();
        if (running > limits.maxParallel()) {
            throw new Violation("I2", "%d attempts run, at most %d".formatted(running, limits.maxParallel()));
        }
    }

    /// Lets the process end while it releases effects, after so many of them.
    void dieInEffects(int after) {
        effectsLeft = after;
    }

    /// The engine does something outside of itself.
    void effect() {
        if (--effectsLeft == 0) {
            throw new SimulatedCrash(SimulatedCrash.Where.IN_EFFECTS);
        }
    }

    void shutDown() {
        world.oracle().processShutsDown();
        put(new LoopInput.Shutdown(() -> idle = true));
    }

    boolean isWriting() {
        return log != null && log.isWriting();
    }

    /// Ends here and now.
    ///
    /// @param writing whether the log writer was about to write
    void die(boolean writing) {
        alive = false;
        if (writing && log != null) {
            try {
                log.dieWriting();
            } catch (SimulatedCrash expected) {
                world.count(Fault.CRASH_BEFORE_SYNC);
            }
        }
    }
}
