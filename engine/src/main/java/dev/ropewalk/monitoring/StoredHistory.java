package dev.ropewalk.monitoring;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.History;
import dev.ropewalk.TaskMetrics;
import dev.ropewalk.Workflows;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.CorruptPlanException;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlanFormat;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.PlanReferences;
import dev.ropewalk.value.ValueException;
import dev.ropewalk.value.ValueLimits;
import dev.ropewalk.value.ValueReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a store: by its indexes, and from the log only what they have not reached yet.
public final class StoredHistory implements History {

    private static final String NAMESPACE = "";

    private final StoreReader store;
    private final LogReader log;
    private final Recovery recovery;
    private final ValueReader values;
    private final boolean owned;

    /// @param owned whether closing this closes `store`
    public StoredHistory(StoreReader store, boolean owned) {
        this.store = store;
        this.log = new LogReader(store);
        this.recovery = new Recovery(store);
        this.values = new ValueReader(store, ValueLimits.DEFAULT);
        this.owned = owned;
    }

    @Override
    public List<Execution> executions(Filter filter) {
        return read(() -> {
            long before = filter.before().map(id -> row(id).number()).orElse(0L);
            ExecutionQuery query = new ExecutionQuery(
                    NAMESPACE,
                    filter.statuses().stream().map(Enum::name).toList(),
                    filter.workflow(),
                    filter.tags(),
                    filter.metadata(),
                    "",
                    before,
                    filter.limit());
            return store.executions(query).stream()
                    .map(StoredHistory::execution)
                    .toList();
        });
    }

    @Override
    public Optional<Execution> execution(String idOrPrefix) {
        return read(() -> find(idOrPrefix).map(StoredHistory::execution));
    }

    @Override
    public Map<ExecutionStatus, Long> countByStatus() {
        return read(() -> {
            Map<ExecutionStatus, Long> counts = new EnumMap<>(ExecutionStatus.class);
            store.countByStatus(NAMESPACE)
                    .forEach((status, count) -> counts.put(ExecutionStatus.valueOf(status), count));
            return counts;
        });
    }

    @Override
    public Optional<ExecutionPlan> plan(String executionId) {
        return read(() -> store.plan(row(executionId).planDigest()).flatMap(StoredHistory::decoded));
    }

    private static Optional<ExecutionPlan> decoded(byte[] plan) {
        try {
            return Optional.of(PlanFormat.decode(plan));
        } catch (CorruptPlanException _) {
            // Its execution is quarantined, with the reason.
            return Optional.empty();
        }
    }

    @Override
    public List<Task> tasks(String executionId, List<TaskStatus> statuses, int limit) {
        return read(() -> {
            ExecutionRow row = row(executionId);
            if (isProjected(row)) {
                TaskQuery query = new TaskQuery(
                        row.number(), statuses.stream().map(Enum::name).toList(), Optional.empty(), 0, limit);
                return store.tasks(query).stream().map(StoredHistory::task).toList();
            }
            return tasks(recovery.fold(row), statuses, limit);
        });
    }

    private static List<Task> tasks(ExecutionState state, List<TaskStatus> statuses, int limit) {
        List<Task> tasks = new ArrayList<>();
        for (int task = 0; task < state.taskCount() && tasks.size() < limit; task++) {
            boolean wanted = statuses.isEmpty() || statuses.contains(state.taskStatus(task));
            if (wanted && state.counted(task)) {
                tasks.add(new Task(
                        state.path(task),
                        state.plan().step(state.definition(task).step()).path(),
                        state.definition(task).tool(),
                        state.taskStatus(task),
                        state.attempts(task),
                        ResultAssembly.metrics(state, task),
                        state.taskFailure(task).map(failure -> failure.code()),
                        state.taskFailure(task).map(failure -> failure.message()),
                        state.taskResult(task).isPresent(),
                        state.lastSeq()));
            }
        }
        return tasks;
    }

    /// Whether the projection has reached the execution's last event.
    private boolean isProjected(ExecutionRow row) {
        List<Frame> last = store.frames(row.number(), row.headSeq(), 1);
        return !last.isEmpty() && last.getFirst().position() <= store.projectedPosition();
    }

    @Override
    public List<ExecutionEvent> events(String executionId, long afterSeq, int limit) {
        return read(() -> {
            ExecutionRow row = row(executionId);
            EventProjection projection = new EventProjection(recovery.plan(row));
            List<ExecutionEvent> events = new ArrayList<>();
            List<ExecutionEvent> passed = new ArrayList<>();
            log.forEach(row.number(), 1, event -> {
                if (events.size() < limit) {
                    passed.clear();
                    projection.project(event, projection.seq() < afterSeq ? passed : events);
                }
            });
            return events;
        });
    }

    @Override
    public List<ExecutionMessage> messages(String executionId, Optional<String> taskPath, int limit) {
        return read(() -> {
            long number = row(executionId).number();
            List<ExecutionMessage> last = new ArrayList<>();
            long after = 0;
            while (true) {
                List<MessageRow> page = store.messages(number, taskPath, after, 1_000);
                if (page.isEmpty()) {
                    return last.size() <= limit ? last : last.subList(last.size() - limit, last.size());
                }
                page.forEach(message -> last.add(message(message)));
                after = page.getLast().number();
            }
        });
    }

    @Override
    public Messages messagesAfter(String executionId, Optional<String> taskPath, long after, int limit) {
        return read(() -> {
            List<MessageRow> page = store.messages(row(executionId).number(), taskPath, after, limit);
            long last = page.isEmpty() ? after : page.getLast().number();
            return new Messages(page.stream().map(StoredHistory::message).toList(), last);
        });
    }

    @Override
    public @Nullable Object taskResult(String executionId, String taskPath) {
        ExecutionRow row = read(() -> row(executionId));
        try {
            Optional<StoredValue> direct = directResult(row, taskPath);
            return direct.isPresent() ? values.read(direct.get()) : foldedResult(row, taskPath);
        } catch (StoreException e) {
            throw exception(e);
        } catch (ValueException e) {
            throw new EngineException(
                    e.code(),
                    "the result of task %s of execution %s: %s".formatted(taskPath, row.id(), e.message()),
                    "");
        }
    }

    private @Nullable Object foldedResult(ExecutionRow row, String taskPath) {
        ExecutionState state = recovery.fold(row);
        for (int task = state.taskCount() - 1; task >= 0; task--) {
            if (state.counted(task) && state.path(task).equals(taskPath)) {
                if (state.taskResult(state.standIn(task)).isEmpty()) {
                    throw new EngineException(
                            "NO_RESULT",
                            "task %s of execution %s has no result: it is %s"
                                    .formatted(taskPath, row.id(), state.taskStatus(task)),
                            "");
                }
                return values.read(new InputCollector(PlanReferences.of(state.plan())).recorded(state, task));
            }
        }
        throw new EngineException(
                "TASK_UNKNOWN",
                "execution %s has no task \"%s\"".formatted(row.id(), taskPath),
                "list them with `ropewalk show %s`".formatted(row.id()));
    }

    /// The result through the index, if the projection has it and it is a single value.
    private Optional<StoredValue> directResult(ExecutionRow row, String taskPath) {
        if (!isProjected(row)) {
            return Optional.empty();
        }
        List<TaskRow> found =
                store.tasks(new TaskQuery(row.number(), List.of(), Optional.of(taskPath), 0, Integer.MAX_VALUE));
        if (found.isEmpty() || found.getLast().resultSeq() == 0) {
            return Optional.empty();
        }
        LogEvent event = log.event(row.number(), found.getLast().resultSeq());
        return event instanceof LogEvent.TaskCompleted completed
                        && !(completed.result() instanceof StoredValue.Collected)
                ? Optional.of(completed.result())
                : Optional.empty();
    }

    @Override
    public Optional<ExecutionResult> result(String executionId) {
        return read(() -> {
            ExecutionRow row = row(executionId);
            if (!ExecutionStatus.valueOf(row.status()).ended()) {
                return Optional.empty();
            }
            return Optional.of(result(recovery.fold(row), row.number()));
        });
    }

    /// The result of an execution from its final state.
    public ExecutionResult result(ExecutionState state, long number) {
        return new ResultAssembly(state, values).assemble(new LoggedFacts(log, state.plan(), number));
    }

    @Override
    public List<Workflows.Definition> workflows() {
        return read(() -> store.workflows(NAMESPACE).stream()
                .map(row -> new Workflows.Definition(
                        row.name(),
                        row.version(),
                        row.format(),
                        new String(row.definition(), StandardCharsets.UTF_8),
                        row.description()))
                .toList());
    }

    @Override
    public void close() {
        if (owned) {
            store.close();
        }
    }

    private ExecutionRow row(String idOrPrefix) {
        return find(idOrPrefix)
                .orElseThrow(() -> new EngineException(
                        "EXECUTION_UNKNOWN",
                        "there is no execution \"%s\"".formatted(idOrPrefix),
                        "list them with `ropewalk list`"));
    }

    private Optional<ExecutionRow> find(String idOrPrefix) {
        Optional<ExecutionRow> exact = store.execution(NAMESPACE, idOrPrefix);
        if (exact.isPresent() || idOrPrefix.isEmpty()) {
            return exact;
        }
        List<ExecutionRow> similar = store.executions(
                new ExecutionQuery(NAMESPACE, List.of(), Optional.empty(), List.of(), Map.of(), idOrPrefix, 0, 5));
        if (similar.size() > 1) {
            throw new EngineException(
                    "EXECUTION_AMBIGUOUS",
                    "several executions start with \"%s\": %s"
                            .formatted(
                                    idOrPrefix,
                                    String.join(
                                            ", ",
                                            similar.stream()
                                                    .map(ExecutionRow::id)
                                                    .toList())),
                    "give more of the id");
        }
        return similar.stream().findFirst();
    }

    private static Execution execution(ExecutionRow row) {
        return new Execution(
                row.id(),
                row.workflow(),
                row.version(),
                row.quarantine().isPresent() ? ExecutionStatus.QUARANTINED : ExecutionStatus.valueOf(row.status()),
                ResultAssembly.instant(row.createdAt()),
                ResultAssembly.time(row.startedAt()),
                ResultAssembly.time(row.completedAt()),
                row.tags(),
                metadata(row.metadata()),
                row.idempotencyKey(),
                row.errorCode(),
                row.quarantine(),
                row.headSeq());
    }

    private static Map<String, @Nullable Object> metadata(String json) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (Json.read(json) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        return metadata;
    }

    private static Task task(TaskRow row) {
        boolean waited = row.queuedAt() != 0 && row.startedAt() != 0;
        return new Task(
                row.path(),
                row.step(),
                row.tool(),
                TaskStatus.valueOf(row.status()),
                row.attempts(),
                new TaskMetrics(
                        ResultAssembly.time(row.queuedAt()),
                        ResultAssembly.time(row.startedAt()),
                        ResultAssembly.time(row.completedAt()),
                        waited
                                ? Optional.of(ResultAssembly.micros(row.startedAt() - row.queuedAt()))
                                : Optional.empty(),
                        ResultAssembly.micros(row.runMicros()),
                        row.attempts(),
                        row.agent()),
                row.errorCode(),
                row.errorMessage(),
                row.resultSeq() != 0,
                row.asOfSeq());
    }

    private static ExecutionMessage message(MessageRow row) {
        return new ExecutionMessage(
                MessageLevel.valueOf(row.level()),
                row.text(),
                ResultAssembly.instant(row.at()),
                row.taskPath(),
                row.attempt());
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StoreException e) {
            throw exception(e);
        }
    }

    private static EngineException exception(StoreException e) {
        return new EngineException(e.code(), String.valueOf(e.getMessage()), "", e);
    }
}
