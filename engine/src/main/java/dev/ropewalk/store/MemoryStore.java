package dev.ropewalk.store;

import dev.ropewalk.store.Batch.PlanRow;
import dev.ropewalk.store.StoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store that lives as long as the process: for tests, for measuring, and for work that need not
/// survive. It keeps every contract of [Store] but durability; one lock guards it all, and nothing
/// under the lock waits.
public final class MemoryStore implements Store {
    private static final long EPOCH = 1;

    private final String id;
    private final LongSupplier epoch;
    private final TreeMap<Long, MemoryExecution> executions = new TreeMap<>();
    private final Map<NamedKey, MemoryExecution> byId = new HashMap<>();
    private final Map<NamedKey, MemoryExecution> byKey = new HashMap<>();
    private final List<Frame> log = new ArrayList<>();
    private final Map<ByteBuffer, PlanRow> plans = new HashMap<>();
    private final MemoryMessages messages = new MemoryMessages();
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final List<WorkflowRow> workflows = new ArrayList<>();
    private final TreeMap<String, BalanceRow> balances = new TreeMap<>();
    private long projectedPosition;
    private @Nullable StoreException failure;

    private record NamedKey(String namespace, String text) {}

    public MemoryStore() {
        this(UUID.randomUUID().toString().replace("-", ""), () -> EPOCH);
    }

    /// For a store that keeps its log elsewhere and replays it into this one.
    ///
    /// @param epoch of the owner who wrote, or writes, the next batch
    public MemoryStore(String id, LongSupplier epoch) {
        this.id = id;
        this.epoch = epoch;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long epoch() {
        return epoch.getAsLong();
    }

    @Override
    public boolean appendsInline() {
        return true;
    }

    @Override
    public synchronized long lastExecutionNumber() {
        return executions.isEmpty() ? 0 : executions.lastKey();
    }

    @Override
    public synchronized void append(Batch batch) {
        checkUsable();
        try {
            List<ExecutionRow> rows = batch.checkFollows(epoch(), log.size(), this::headSeq);
            checkNew(batch, rows);
            batch.plans().forEach(plan -> plans.putIfAbsent(ByteBuffer.wrap(plan.digest()), plan));
            for (int i = 0; i < rows.size(); i++) {
                write(batch.frames().get(i), rows.get(i));
            }
            batch.balances().forEach(this::write);
        } catch (StoreException e) {
            failure = e;
            throw e;
        }
    }

    private long headSeq(long number) {
        MemoryExecution held = executions.get(number);
        return held == null ? Batch.NEW : held.row().headSeq();
    }

    /// All that can be refused is refused before anything changes.
    private void checkNew(Batch batch, List<ExecutionRow> rows) {
        blobs.check(batch.blobs());
        Map<NamedKey, Long> ids = new HashMap<>();
        Map<NamedKey, Long> keys = new HashMap<>();
        for (ExecutionRow row : rows) {
            if (executions.containsKey(row.number())) {
                continue;
            }
            NamedKey name = new NamedKey(row.namespace(), row.id());
            if (byId.containsKey(name) || ids.put(name, row.number()) != null) {
                throw new StoreException(Kind.CONFLICT, "there is already an execution " + row.id());
            }
            row.idempotencyKey()
                    .map(text -> new NamedKey(row.namespace(), text))
                    .ifPresent(key -> {
                        if (byKey.containsKey(key) || keys.put(key, row.number()) != null) {
                            throw new StoreException(
                                    Kind.CONFLICT, "there is already an execution with key " + key.text());
                        }
                    });
            ByteBuffer digest = ByteBuffer.wrap(row.planDigest());
            if (!plans.containsKey(digest)
                    && batch.plans().stream().noneMatch(plan -> digest.equals(ByteBuffer.wrap(plan.digest())))) {
                throw new StoreException(Kind.CONFLICT, "the plan of execution " + row.id() + " is not stored");
            }
        }
    }

    private void write(BalanceRow row) {
        if (row.bytes().length == 0) {
            balances.remove(row.key());
        } else {
            balances.put(row.key(), row);
        }
    }

    private void write(Frame frame, ExecutionRow row) {
        MemoryExecution held = executions.get(row.number());
        if (held == null) {
            held = new MemoryExecution(row);
            executions.put(row.number(), held);
            byId.put(new NamedKey(row.namespace(), row.id()), held);
            if (row.idempotencyKey().isPresent()) {
                byKey.put(new NamedKey(row.namespace(), row.idempotencyKey().get()), held);
            }
        }
        held.append(frame, row);
        log.add(frame);
    }

    @Override
    public BlobRef writeBlob(String execution, String contentType, BlobSource source) throws IOException {
        check();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        source.writeTo(bytes);
        return blobs.add(execution, contentType, bytes.toByteArray());
    }

    @Override
    public synchronized void project(List<TaskRow> rows, long position) {
        checkUsable();
        for (TaskRow row : rows) {
            held(row.execution()).project(row);
        }
        projectedPosition = position;
    }

    @Override
    public synchronized void addMessages(List<MessageRow> rows) {
        checkUsable();
        messages.add(rows);
    }

    @Override
    public synchronized void register(WorkflowRow row) {
        checkUsable();
        Optional<WorkflowRow> same = workflows.stream()
                .filter(each -> each.namespace().equals(row.namespace())
                        && each.name().equals(row.name())
                        && each.version().equals(row.version()))
                .findFirst();
        if (same.isEmpty()) {
            workflows.add(row);
        } else {
            same.get().checkSame(row);
        }
    }

    @Override
    public synchronized void quarantine(long execution, String reason) {
        checkUsable();
        held(execution).quarantine(reason);
    }

    @Override
    public void idle() {
        // Nothing is kept anywhere else.
    }

    @Override
    public Optional<ExecutionRow> execution(String namespace, String id) {
        return read(
                () -> Optional.ofNullable(byId.get(new NamedKey(namespace, id))).map(MemoryExecution::row));
    }

    @Override
    public Optional<ExecutionRow> executionByKey(String namespace, String idempotencyKey) {
        return read(() -> Optional.ofNullable(byKey.get(new NamedKey(namespace, idempotencyKey)))
                .map(MemoryExecution::row));
    }

    @Override
    public List<ExecutionRow> executions(ExecutionQuery query) {
        long before = query.beforeNumber() == 0 ? Long.MAX_VALUE : query.beforeNumber();
        ExecutionFilter filter = new ExecutionFilter(query);
        return read(() -> executions.headMap(before, false).descendingMap().values().stream()
                .map(MemoryExecution::row)
                .filter(filter::matches)
                .limit(query.limit())
                .toList());
    }

    @Override
    public Map<String, Long> countByStatus(String namespace) {
        return read(() -> {
            Map<String, Long> counts = new TreeMap<>();
            for (MemoryExecution held : executions.values()) {
                if (held.row().namespace().equals(namespace)) {
                    counts.merge(held.row().shownStatus(), 1L, Long::sum);
                }
            }
            return counts;
        });
    }

    @Override
    public List<ExecutionRow> unfinished() {
        return read(() -> executions.values().stream()
                .map(MemoryExecution::row)
                .filter(ExecutionRow::unfinished)
                .toList());
    }

    @Override
    public List<Frame> frames(long execution, long fromSeq, int limit) {
        return read(() -> {
            MemoryExecution held = executions.get(execution);
            return held == null ? List.of() : held.frames(fromSeq, limit);
        });
    }

    @Override
    public List<Frame> framesAfter(long position, int limit) {
        return read(() -> {
            int from = (int) Math.min(position, log.size());
            return List.copyOf(log.subList(from, from + Math.min(limit, log.size() - from)));
        });
    }

    @Override
    public long lastPosition() {
        return read(() -> (long) log.size());
    }

    @Override
    public Optional<byte[]> plan(byte[] digest) {
        return read(
                () -> Optional.ofNullable(plans.get(ByteBuffer.wrap(digest))).map(PlanRow::bytes));
    }

    @Override
    public List<TaskRow> tasks(TaskQuery query) {
        return read(() -> {
            MemoryExecution held = executions.get(query.execution());
            return held == null ? List.of() : held.tasks(query);
        });
    }

    @Override
    public long projectedPosition() {
        return read(() -> projectedPosition);
    }

    @Override
    public InputStream blob(BlobRef ref) {
        check();
        return blobs.read(ref);
    }

    @Override
    public List<BalanceRow> balances() {
        return read(() -> List.copyOf(balances.values()));
    }

    @Override
    public List<WorkflowRow> workflows(String namespace) {
        return read(() -> workflows.stream()
                .filter(row -> row.namespace().equals(namespace))
                .sorted(Comparator.comparing(WorkflowRow::name))
                .toList());
    }

    @Override
    public Optional<WorkflowRow> workflow(String namespace, String name, String version) {
        return read(() -> workflows.stream()
                .filter(row -> row.namespace().equals(namespace) && row.name().equals(name))
                .filter(row -> version.isEmpty() || row.version().equals(version))
                .reduce((_, later) -> later));
    }

    @Override
    public List<MessageRow> messages(long execution, Optional<String> taskPath, long afterNumber, int limit) {
        return read(() -> messages.of(execution, taskPath, afterNumber, limit));
    }

    @Override
    public synchronized void close() {
        if (failure == null) {
            failure = new StoreException(Kind.UNUSABLE, "the store is closed");
        }
    }

    private MemoryExecution held(long number) {
        MemoryExecution held = executions.get(number);
        if (held == null) {
            throw new StoreException(Kind.CONFLICT, "there is no execution number " + number);
        }
        return held;
    }

    private synchronized <T> T read(Supplier<T> question) {
        checkUsable();
        return question.get();
    }

    private synchronized void check() {
        checkUsable();
    }

    private void checkUsable() {
        if (failure != null) {
            Kind kind = failure.kind() == Kind.UNUSABLE ? Kind.UNUSABLE : Kind.FAILED;
            throw new StoreException(kind, "the store takes nothing more: " + failure.getMessage(), failure);
        }
    }
}
