package dev.ropewalk.engine;

import dev.ropewalk.CallOptions;
import dev.ropewalk.EngineException;
import dev.ropewalk.EngineSettings;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.History;
import dev.ropewalk.Submission;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.Subscription;
import dev.ropewalk.TaskOrder;
import dev.ropewalk.UpdateStream;
import dev.ropewalk.Workflows;
import dev.ropewalk.agents.Agents;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.PreparedPlans.Prepared;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Progress;
import dev.ropewalk.monitoring.Monitor;
import dev.ropewalk.monitoring.ProgressAssembly;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Values;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.tool.ToolRegistry;
import dev.ropewalk.value.InputCollector;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine in this process: one store, the loop and its thread, the log writer, the attempts.
final class LocalEngine implements ExecutionEngine {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);
    private static final String NAMESPACE = "";

    private final EngineParts parts;
    private final Store store;
    private final Inbox inbox;
    private final Loop loop;
    private final Monitor monitor;
    private final Submissions submissions;
    private final TaskOrder order;
    private final Recovery recovery;
    private final PreparedPlans plans;
    private final Completions completions;
    private final Questions questions;
    private boolean closed;

    private LocalEngine(EngineParts parts) {
        this.parts = parts;
        this.store = parts.store();
        this.inbox = parts.inbox();
        this.loop = parts.loop();
        this.monitor = parts.monitor();
        this.plans = new PreparedPlans(parts.known());
        this.completions = parts.completions();
        this.questions = parts.questions();
        this.submissions = new Submissions(
                plans,
                new Admissions(store, parts.clock()),
                parts.strategies(),
                questions,
                completions,
                loop::unloads,
                parts.agents()::check);
        this.order = new Arrangements(questions, submissions::named);
        this.recovery = new Recovery(store);
    }

    static LocalEngine open(EngineSettings settings, Store store) {
        LocalEngine engine = new LocalEngine(new EngineParts(settings, store));
        engine.parts.start(engine::failed);
        if (settings.resumeAll()) {
            for (ExecutionRow row : store.unfinished()) {
                CompletableFuture<Submission> adopted = engine.adopt(row, 0, Optional.empty());
                LOG.debug("Going on with an unfinished execution execution={} done={}", row.id(), adopted.isDone());
            }
        }
        return engine;
    }

    @Override
    public ToolRegistry tools() {
        return parts.tools();
    }

    @Override
    public Agents agents() {
        return parts.agents();
    }

    @Override
    public Workflows workflows() {
        return parts.workflows();
    }

    @Override
    public History history() {
        return parts.history();
    }

    @Override
    public CompletableFuture<Submission> submit(ExecutionPlan plan, SubmitOptions options) {
        return submissions.submit(plan, options);
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(ExecutionPlan plan, SubmitOptions options) {
        return submissions.execute(plan, options, this::completion);
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            String workflow, Map<String, ? extends @Nullable Object> variables) {
        return CompletableFuture.supplyAsync(
                        () -> parts.workflows().plan(workflow, variables, toolNames()), parts.callbacks())
                .thenCompose(this::execute);
    }

    @Override
    public CompletableFuture<ExecutionResult> call(
            String tool, Map<String, ? extends @Nullable Object> arguments, CallOptions options) {
        ExecutionPlan plan = ExecutionPlan.named("call")
                .task("call", task -> {
                    task.tool(tool).retry(options.retry());
                    arguments.forEach(task::with);
                    options.timeout().ifPresent(task::timeout);
                })
                .result(Values.resultOf("call"))
                .build();
        return execute(plan, options.submit());
    }

    @Override
    public CompletableFuture<Void> cancel(String executionId, String reason) {
        return questions
                .ask(consumer -> new LoopInput.Cancel(NAMESPACE, executionId, reason, consumer))
                .thenCompose(answer -> answer instanceof Answer.NotHere
                        ? cancelStored(executionId, reason)
                        : Submissions.of(CompletableFuture.completedFuture(answer))
                                .thenApply(_ -> null));
    }

    /// An execution that is stored, unfinished and not in memory is loaded first, so that its end is
    /// decided as always.
    private CompletableFuture<@Nullable Void> cancelStored(String executionId, String reason) {
        long checkedAt = loop.unloads();
        ExecutionRow row = row(executionId);
        if (ExecutionStatus.valueOf(row.status()).ended()) {
            return CompletableFuture.failedFuture(new EngineException(
                    "EXECUTION_ENDED",
                    "execution %s has ended: %s".formatted(executionId, row.status()),
                    "there is nothing to cancel"));
        }
        return adopt(row, checkedAt, Optional.of(reason)).thenApply(_ -> null);
    }

    @Override
    public CompletableFuture<Submission> resume(String executionId) {
        try {
            long checkedAt = loop.unloads();
            ExecutionRow row = row(executionId);
            if (ExecutionStatus.valueOf(row.status()).ended()) {
                return CompletableFuture.completedFuture(new Submission(executionId, true));
            }
            return adopt(row, checkedAt, Optional.empty());
        } catch (EngineException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Folds the execution's log here, and lets the loop go on with it. What cannot be loaded is
    /// quarantined, so that it holds up nothing else.
    private CompletableFuture<Submission> adopt(ExecutionRow row, long checkedAt, Optional<String> cancel) {
        ExecutionState state;
        Prepared prepared;
        try {
            state = recovery.fold(row);
            prepared = plans.prepare(state.plan());
        } catch (RuntimeException e) {
            LOG.error("Execution cannot be loaded and is quarantined execution={}", row.id(), e);
            store.quarantine(row.number(), String.valueOf(e.getMessage()));
            return CompletableFuture.failedFuture(new EngineException(
                    "QUARANTINED",
                    "execution %s cannot be loaded: %s".formatted(row.id(), e.getMessage()),
                    "look at it with `ropewalk show %s`; the others go on".formatted(row.id()),
                    e));
        }
        return questions
                .askAnyway(consumer -> new LoopInput.Adopt(
                        Admissions.of(row),
                        state,
                        prepared.facts(),
                        new InputCollector(prepared.references()),
                        row.headDigest(),
                        store.epoch(),
                        checkedAt,
                        cancel,
                        consumer))
                .thenCompose(given -> given instanceof Answer.NotHere
                        ? again(row.id(), cancel)
                        : Submissions.of(CompletableFuture.completedFuture(given)));
    }

    /// Once more, because the execution has left memory since its row was read.
    private CompletableFuture<Submission> again(String executionId, Optional<String> cancel) {
        return cancel.isEmpty()
                ? resume(executionId)
                : cancelStored(executionId, cancel.get()).thenApply(_ -> new Submission(executionId, true));
    }

    @Override
    public CompletableFuture<ExecutionResult> completion(String executionId) {
        CompletableFuture<ExecutionResult> future = completions.waitFor(executionId);
        Optional<EngineException> cause = questions.ended();
        if (cause.isPresent()) {
            completions.fail(executionId, cause.get());
            return future;
        }
        // Registered first, looked up second: an end between the two completes the future as well.
        try {
            ExecutionRow row = store.execution(NAMESPACE, executionId).orElse(null);
            if (row == null) {
                if (status(executionId).isEmpty()) {
                    completions.fail(executionId, unknown(executionId));
                }
            } else if (ExecutionStatus.valueOf(row.status()).ended()) {
                parts.callbacks().execute(() -> completeFromStore(executionId));
            }
        } catch (StoreException e) {
            completions.fail(executionId, Stores.exception(e));
        }
        return future;
    }

    private void completeFromStore(String executionId) {
        try {
            parts.history().result(executionId).ifPresent(result -> completions.complete(executionId, result));
        } catch (RuntimeException e) {
            completions.fail(executionId, e);
        }
    }

    @Override
    public Optional<ExecutionStatus> status(String executionId) {
        Optional<ExecutionStatus> live =
                look(executionId, execution -> execution.state().status());
        return live.isPresent() ? live : storedStatus(executionId);
    }

    /// What `what` sees of an execution in memory, once that is durable; empty if it is not in memory.
    private <T> Optional<T> look(String executionId, Function<LiveExecution, T> what) {
        AtomicReference<@Nullable T> seen = new AtomicReference<>();
        CompletableFuture<Answer> answer = questions.ask(consumer ->
                new LoopInput.Look(NAMESPACE, executionId, execution -> seen.set(what.apply(execution)), consumer));
        return answer(answer) instanceof Answer.Done ? Optional.ofNullable(seen.get()) : Optional.empty();
    }

    private static Answer answer(CompletableFuture<Answer> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException known ? known : e;
        }
    }

    private Optional<ExecutionStatus> storedStatus(String executionId) {
        return store.execution(NAMESPACE, executionId)
                .map(row -> row.quarantine().isPresent()
                        ? ExecutionStatus.QUARANTINED
                        : ExecutionStatus.valueOf(row.status()));
    }

    @Override
    public Optional<ExecutionResult> result(String executionId) {
        return parts.history().result(executionId);
    }

    @Override
    public TaskOrder order() {
        return order;
    }

    @Override
    public Optional<ExecutionProgress> progress(String executionId) {
        return look(executionId, execution -> ProgressAssembly.of(progress(execution)));
    }

    @Override
    public ExecutionProgress progress() {
        AtomicReference<@Nullable ExecutionProgress> seen = new AtomicReference<>();
        answer(questions.askAnyway(consumer -> new LoopInput.LookAll(all -> {
            seen.set(ProgressAssembly.of(
                    Progress.together(all.stream().map(this::progress).toList())));
            consumer.accept(new Answer.Done("", true));
        })));
        return Objects.requireNonNull(seen.get());
    }

    private Progress progress(LiveExecution execution) {
        long number = execution.admission().number();
        ExecutionState state = execution.state();
        return Progress.of(state, parts.clock().micros(), task -> monitor.fraction(number, state.path(task)));
    }

    @Override
    public Subscription subscribe(String executionId, long afterSeq, Consumer<ExecutionUpdate> subscriber) {
        return monitor.subscribe(executionId, afterSeq, subscriber);
    }

    @Override
    public UpdateStream monitor(String executionId) {
        return monitor.stream(executionId);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        CountDownLatch idle = new CountDownLatch(1);
        inbox.put(new LoopInput.Shutdown(idle::countDown));
        // A loop whose store has failed takes nothing more, so waiting for its answer would be in vain.
        boolean interrupted = questions.ended().isEmpty() && !awaitIdle(idle);
        parts.close();
        questions.end(new EngineException("ENGINE_CLOSED", "the engine is closed", "open the store again"));
        questions.failOpen();
        completions.failAll(
                new EngineException("ENGINE_CLOSED", "the engine was closed before the execution ended", "resume it"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitIdle(CountDownLatch idle) {
        long patience = parts.options().grace().toMillis() + 5_000;
        try {
            if (!idle.await(patience, TimeUnit.MILLISECONDS)) {
                LOG.warn("The engine is closed before all attempts have ended waitedMs={}", patience);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// The engine can no longer decide or write: nothing that is waited for will come.
    private void failed(EngineException cause) {
        LOG.error("The engine stops; open its store again to go on code={}", cause.code(), cause);
        questions.end(cause);
        parts.callbacks().execute(() -> {
            completions.failAll(cause);
            questions.failOpen();
        });
    }

    private ToolNames toolNames() {
        return new ToolNames(
                tools()::mayHave, tools().knownNames(), parts.agents().check());
    }

    private ExecutionRow row(String executionId) {
        return store.execution(NAMESPACE, executionId).orElseThrow(() -> unknown(executionId));
    }

    private static EngineException unknown(String executionId) {
        return new EngineException(
                "EXECUTION_UNKNOWN",
                "there is no execution \"%s\"".formatted(executionId),
                "list them with `ropewalk list` or history().executions()");
    }
}
