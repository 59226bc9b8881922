package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.plan.TaskStatus;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything that is known of one execution, as plain arrays by task index: about 100 bytes a task.
/// Changed only by [Evolution]; owned by one thread.
public final class ExecutionState {

    static final int NONE = -1;
    private static final int[] NO_TASKS = {};

    final ExecutionPlan plan;
    final int[] primaryOf;
    final StepStates steps;
    final Expansions expansions;
    final Tally tally;
    final ExecutionAccount account = new ExecutionAccount();
    final Waits waits;
    final Deadlines deadlines;

    // The execution as a whole.
    String id = "";
    long seed;
    ExecutionStatus status = ExecutionStatus.PENDING;
    long lastSeq;
    long acceptedAt;
    long startedAt;
    long endedAt;
    long lastAt;
    long activeMicros;
    long activeSince;

    @Nullable
    StopReason stopping;

    int stopCause = NONE;

    @Nullable
    Failure failure;

    int failedTask = NONE;
    StoredValue result = StoredValue.NULL;
    int remaining;
    int running;
    int recoveries;

    // By task.
    int tasks;
    byte[] phase;
    byte[] skip;
    byte[] losses;
    byte[] released;
    int[] open;
    int[] blockCause;
    int[] attempt;
    int[] failures;
    int[] generation;
    long[] queuedAt;
    long[] taskStartedAt;
    long[] taskEndedAt;
    long[] runMicros;
    long[] due;

    @Nullable
    StoredValue[] results;

    @Nullable
    Failure[] taskFailures;

    final Interruptions interruptions = new Interruptions();
    final TaskAgents agents = new TaskAgents();

    final BitSet runningTasks = new BitSet();

    /// Tasks whose phase calls for a decision, in the order in which they came up.
    final IntQueue agenda = new IntQueue();

    /// Tasks whose condition or items are to be evaluated, since the last [#drainEvaluations()].
    final IntQueue evaluations = new IntQueue();

    /// Barriers that are about to end; empty between events.
    final IntQueue openBarriers = new IntQueue();

    public ExecutionState(ExecutionPlan plan) {
        this.plan = plan;
        this.tasks = plan.taskCount();
        phase = new byte[tasks];
        skip = new byte[tasks];
        losses = new byte[tasks];
        released = new byte[tasks];
        open = new int[tasks];
        blockCause = new int[tasks];
        attempt = new int[tasks];
        failures = new int[tasks];
        generation = new int[tasks];
        queuedAt = new long[tasks];
        taskStartedAt = new long[tasks];
        taskEndedAt = new long[tasks];
        runMicros = new long[tasks];
        due = new long[tasks];
        results = new StoredValue[tasks];
        taskFailures = new Failure[tasks];
        primaryOf = new int[tasks];
        steps = new StepStates(plan);
        expansions = new Expansions(plan);
        tally = new Tally(plan, expansions);
        waits = new Waits(plan);
        deadlines = new Deadlines(plan);
        Arrays.fill(primaryOf, NONE);
        Arrays.fill(skip, (byte) NONE);
        Arrays.fill(blockCause, NONE);
        for (PlannedTask task : plan.tasks()) {
            open[task.index()] = plan.predecessorCount(task.index());
            if (task.fallback() >= 0) {
                primaryOf[task.fallback()] = task.index();
            }
            if (!task.template()) {
                remaining++;
            }
        }
    }

    public ExecutionPlan plan() {
        return plan;
    }

    public String id() {
        return id;
    }

    public ExecutionStatus status() {
        return status;
    }

    /// The number of the last event; 0 before the first.
    public long lastSeq() {
        return lastSeq;
    }

    public long acceptedAt() {
        return acceptedAt;
    }

    /// 0 if it has not started.
    public long startedAt() {
        return startedAt;
    }

    /// 0 if it has not ended.
    public long endedAt() {
        return endedAt;
    }

    /// The time of the last event.
    public long lastAt() {
        return lastAt;
    }

    /// When the execution's timeout passes; 0 if it has none or has not started.
    public long timeoutDue() {
        return plan.timeoutMicros() == 0 || startedAt == 0 ? 0 : activeSince + plan.timeoutMicros() - activeMicros;
    }

    /// When the task's own deadline passes; [Long#MAX_VALUE] if it has none.
    public long deadline(int task) {
        return deadlines.of(this, task);
    }

    /// When the deadline of the execution as a whole passes; [Long#MAX_VALUE] if it has none.
    public long deadline() {
        return deadlines.of(this, Deadlines.WHOLE);
    }

    /// When the next deadline passes, the execution's or a task's; 0 if there is none.
    public long deadlineDue() {
        return deadlines.nextDue(this);
    }

    /// How long it has been under way, down time not counted.
    long activeMicros(long now) {
        return startedAt == 0 ? 0 : activeMicros + Math.max(0, now - activeSince);
    }

    /// Whether nothing may start any more.
    public boolean stopping() {
        return stopping != null || status.ended();
    }

    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopping);
    }

    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /// The task because of which the execution failed; -1 if it did not, or there is no such task.
    public int failedTask() {
        return failedTask;
    }

    /// The execution's result; null unless it completed.
    public StoredValue result() {
        return result;
    }

    /// Whether every task has ended and the plan's result is what is missing.
    public boolean needsResult() {
        return status == ExecutionStatus.RUNNING && stopping == null && remaining == 0;
    }

    /// How many task indexes there are, those of items included.
    public int taskCount() {
        return tasks;
    }

    /// How many tasks people count, items included.
    public int countedTasks() {
        return tally.counted;
    }

    public int completedTasks() {
        return tally.completed;
    }

    public int runningTasks() {
        return running;
    }

    /// The index of a running task; -1 if none runs.
    public int anyRunningTask() {
        return runningTasks.nextSetBit(0);
    }

    public int recoveries() {
        return recoveries;
    }

    public Phase phase(int task) {
        return Phase.of(phase[task]);
    }

    public TaskStatus taskStatus(int task) {
        return Phase.of(phase[task]).status();
    }

    public Optional<SkipReason> skipReason(int task) {
        return phase(task) == Phase.SKIPPED ? Optional.of(SkipReason.of(skip[task])) : Optional.empty();
    }

    /// The task whose failure is the root of this one's being skipped; -1 if there is none.
    public int skipCause(int task) {
        return phase(task) == Phase.SKIPPED ? blockCause[task] : NONE;
    }

    /// How many attempts were started.
    public int attempts(int task) {
        return attempt[task];
    }

    /// How many reported failures count against the retry policy.
    public int countedFailures(int task) {
        return failures[task];
    }

    public int generation(int task) {
        return generation[task];
    }

    public long queuedAt(int task) {
        return queuedAt[task];
    }

    public long startedAt(int task) {
        return taskStartedAt[task];
    }

    public long endedAt(int task) {
        return taskEndedAt[task];
    }

    /// The run time of its attempts together.
    public long runMicros(int task) {
        return runMicros[task];
    }

    /// When its backoff ends, or its delay.
    public long due(int task) {
        return due[task];
    }

    /// Its own result, if it completed.
    public Optional<StoredValue> taskResult(int task) {
        return Optional.ofNullable(results[task]);
    }

    /// Why it failed, or why its last attempt did.
    public Optional<Failure> taskFailure(int task) {
        return Optional.ofNullable(taskFailures[task]);
    }

    /// Who ran its last attempt; empty for nobody in particular.
    public Optional<String> agent(int task) {
        return agents.of(task);
    }

    /// What the last attempt saved that was stopped; gone when the task has ended.
    public Optional<StoredValue> checkpoint(int task) {
        return interruptions.checkpoint(task);
    }

    /// How often the task's attempts gave way to others in this generation.
    public int preemptions(int task) {
        return interruptions.preemptions(task);
    }

    /// The task itself, or the one that stood in for it because it failed. A fallback that was skipped
    /// stood in for nothing, unless it is its failure that was tolerated.
    public int standIn(int task) {
        return StandIns.of(this, task);
    }

    /// Whether the task failed and nothing made up for it: no task stood in, and if it is an item's, its
    /// `forEach` was not recovered or tolerated, nor its step run again.
    public boolean failedForGood(int task) {
        return StandIns.lacking(this, task);
    }

    /// The task for which this one would stand in; -1 if it is nobody's fallback.
    int primaryOf(int task) {
        return task < plan.taskCount() ? primaryOf[task] : NONE;
    }

    /// What it spent and has reserved of tokens and money.
    public ExecutionAccount account() {
        return account;
    }

    public List<Expansion> expansions() {
        return List.copyOf(expansions.all);
    }

    /// The expansion that the task belongs to, if it is an item's.
    public Optional<Expansion> expansionOf(int task) {
        return Optional.ofNullable(expansions.holding(task));
    }

    /// The current expansion of a `forEach` task.
    public Optional<Expansion> expansion(int owner) {
        return owner >= plan.taskCount()
                ? Optional.empty()
                : Optional.ofNullable(expansions.current(owner, generation[owner]));
    }

    /// What the plan says of the task; for an item's task, of its pattern.
    public PlannedTask definition(int task) {
        Expansion expansion = expansions.holding(task);
        return plan.task(expansion == null ? task : expansion.pattern(task));
    }

    /// What it is by its definition, or [Priority#CRITICAL] if a missed deadline made it that.
    public Priority priority(int task) {
        return deadlines.priority(this, task, definition(task).priority());
    }

    /// Where the task is found: for an item `report[3]`, in a step `each[3]/report`.
    public String path(int task) {
        Expansion expansion = expansions.holding(task);
        if (expansion == null) {
            return plan.task(task).path();
        }
        return plan.task(expansion.pattern(task)).path().replace("[*]", "[" + expansion.item(task) + "]");
    }

    /// Whether people count it.
    public boolean counted(int task) {
        return task >= plan.taskCount() || plan.task(task).counted();
    }

    /// Whether the task may be given a slot now.
    public boolean mayStart(int task) {
        return phase(task) == Phase.QUEUED && !stopping() && !inRetryingStep(task);
    }

    /// Whether the task's step, or one around it, is about to run again.
    boolean inRetryingStep(int task) {
        return !steps.retrying.isEmpty() && steps.isRetrying(definition(task).step());
    }

    /// Whether a running attempt of the task is to be stopped, and why.
    public Optional<AttemptEnd> toStop(int task) {
        if (phase(task) != Phase.RUNNING) {
            return Optional.empty();
        }
        if (stopping != null) {
            return Optional.of(AttemptEnd.CANCELLED);
        }
        if (deadlines.failed(task)) {
            return Optional.of(AttemptEnd.DEADLINE);
        }
        return inRetryingStep(task) ? Optional.of(AttemptEnd.STEP_RETRY) : Optional.empty();
    }

    /// The tasks whose condition or items are to be evaluated and were not given out by an earlier
    /// call; each once.
    public int[] drainEvaluations() {
        if (evaluations.isEmpty()) {
            return NO_TASKS;
        }
        return IntStream.of(evaluations.drain())
                .filter(task -> phase(task) == Phase.EVALUATING)
                .distinct()
                .toArray();
    }

    void grow(int more) {
        int size = tasks + more;
        if (size > phase.length) {
            int capacity = Math.max(size, phase.length + (phase.length >> 1));
            phase = Arrays.copyOf(phase, capacity);
            losses = Arrays.copyOf(losses, capacity);
            released = Arrays.copyOf(released, capacity);
            open = Arrays.copyOf(open, capacity);
            attempt = Arrays.copyOf(attempt, capacity);
            failures = Arrays.copyOf(failures, capacity);
            generation = Arrays.copyOf(generation, capacity);
            queuedAt = Arrays.copyOf(queuedAt, capacity);
            taskStartedAt = Arrays.copyOf(taskStartedAt, capacity);
            taskEndedAt = Arrays.copyOf(taskEndedAt, capacity);
            runMicros = Arrays.copyOf(runMicros, capacity);
            due = Arrays.copyOf(due, capacity);
            waits.grow(capacity);
            results = Arrays.copyOf(results, capacity);
            taskFailures = Arrays.copyOf(taskFailures, capacity);
            int before = skip.length;
            skip = Arrays.copyOf(skip, capacity);
            blockCause = Arrays.copyOf(blockCause, capacity);
            Arrays.fill(skip, before, capacity, (byte) NONE);
            Arrays.fill(blockCause, before, capacity, NONE);
        }
        tasks = size;
    }
}
