package dev.ropewalk.engine;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MemoryStoreProvider;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.store.WorkflowRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A store in memory that outlives its engine, appends on the log writer's thread as one that syncs,
/// and fails when it is told to.
public final class KeptStore implements Store {

    private final Store memory = new MemoryStoreProvider().open("memory:");
    public final AtomicReference<StoreException.Kind> failing = new AtomicReference<>();
    public final AtomicBoolean failingProjection = new AtomicBoolean();
    public final AtomicInteger appends = new AtomicInteger();
    public final AtomicInteger refused = new AtomicInteger();
    public final AtomicReference<Long> damaged = new AtomicReference<>(-1L);
    public final AtomicReference<Long> withoutSecondFrameOf = new AtomicReference<>(-1L);

    @Override
    public void append(Batch batch) {
        StoreException.Kind kind = failing.get();
        if (kind != null) {
            refused.incrementAndGet();
            throw new StoreException(kind, "told to fail: " + kind);
        }
        appends.incrementAndGet();
        memory.append(batch);
    }

    @Override
    public boolean appendsInline() {
        return false;
    }

    @Override
    public long epoch() {
        return memory.epoch();
    }

    @Override
    public void close() {}

    @Override
    public String id() {
        return memory.id();
    }

    @Override
    public List<BalanceRow> balances() {
        return memory.balances();
    }

    @Override
    public long lastExecutionNumber() {
        return memory.lastExecutionNumber();
    }

    @Override
    public BlobRef writeBlob(String execution, String contentType, BlobSource source) throws IOException {
        return memory.writeBlob(execution, contentType, source);
    }

    @Override
    public void project(List<TaskRow> rows, long position) {
        if (failingProjection.get()) {
            throw new StoreException(StoreException.Kind.FAILED, "told not to project");
        }
        memory.project(rows, position);
    }

    @Override
    public void addMessages(List<MessageRow> rows) {
        memory.addMessages(rows);
    }

    @Override
    public void register(WorkflowRow row) {
        memory.register(row);
    }

    @Override
    public void quarantine(long execution, String reason) {
        memory.quarantine(execution, reason);
    }

    @Override
    public void idle() {
        memory.idle();
    }

    @Override
    public Optional<ExecutionRow> execution(String namespace, String id) {
        return memory.execution(namespace, id);
    }

    @Override
    public Optional<ExecutionRow> executionByKey(String namespace, String idempotencyKey) {
        return memory.executionByKey(namespace, idempotencyKey);
    }

    @Override
    public List<ExecutionRow> executions(ExecutionQuery query) {
        return memory.executions(query);
    }

    @Override
    public Map<String, Long> countByStatus(String namespace) {
        return memory.countByStatus(namespace);
    }

    @Override
    public List<ExecutionRow> unfinished() {
        return memory.unfinished();
    }

    @Override
    public List<Frame> frames(long execution, long fromSeq, int limit) {
        List<Frame> frames = memory.frames(execution, fromSeq, limit);
        if (withoutSecondFrameOf.get() == execution && fromSeq == 1 && frames.size() > 1) {
            List<Frame> gap = new ArrayList<>(frames);
            gap.remove(1);
            return gap;
        }
        return damaged.get() == execution
                ? frames.stream().map(KeptStore::flipped).toList()
                : frames;
    }

    @Override
    public List<Frame> framesAfter(long position, int limit) {
        return memory.framesAfter(position, limit);
    }

    @Override
    public long lastPosition() {
        return memory.lastPosition();
    }

    @Override
    public Optional<byte[]> plan(byte[] digest) {
        return memory.plan(digest);
    }

    @Override
    public List<TaskRow> tasks(TaskQuery query) {
        return memory.tasks(query);
    }

    @Override
    public long projectedPosition() {
        return memory.projectedPosition();
    }

    @Override
    public InputStream blob(BlobRef ref) {
        return memory.blob(ref);
    }

    @Override
    public List<WorkflowRow> workflows(String namespace) {
        return memory.workflows(namespace);
    }

    @Override
    public Optional<WorkflowRow> workflow(String namespace, String name, String version) {
        return memory.workflow(namespace, name, version);
    }

    @Override
    public List<MessageRow> messages(long execution, Optional<String> taskPath, long afterNumber, int limit) {
        return memory.messages(execution, taskPath, afterNumber, limit);
    }

    private static Frame flipped(Frame frame) {
        byte[] bytes = frame.bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        return new Frame(
                frame.position(),
                frame.execution(),
                frame.epoch(),
                frame.firstSeq(),
                frame.count(),
                frame.format(),
                bytes,
                frame.digest());
    }
}
