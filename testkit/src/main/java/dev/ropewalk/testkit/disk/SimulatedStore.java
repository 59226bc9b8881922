package dev.ropewalk.testkit.disk;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MemoryStore;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.store.WorkflowRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A store on a [SimulatedDisk]: a log of transactions, each synced before it counts, read again when
/// the store is opened. What is in it is looked up in a [MemoryStore].
///
/// Workflows, messages and projections of tasks are kept in memory alone: nothing is promised of them
/// over a crash that the simulator checks.
public final class SimulatedStore implements Store {

    /// What goes wrong with an append.
    public enum Fault {
        NOTHING,
        /// There is no space; nothing is written.
        FULL,
        /// The sync fails; what of the batch has reached the disk is not known.
        SYNC_FAILED,
        /// The process ends with the batch written and not synced.
        CRASH_BEFORE_SYNC,
        /// The process ends with the batch durable and nobody told.
        CRASH_AFTER_SYNC
    }

    private static final byte OPENED = 1;
    private static final byte BATCH = 2;
    private static final byte BLOB = 3;

    private final SimulatedDisk disk;
    private final WriteAheadLog log;
    private final MemoryStore content;
    private final Map<Long, Long> syncedSeq = new HashMap<>();
    private long epoch;
    private Fault next = Fault.NOTHING;
    private boolean unusable;
    private boolean full;

    private SimulatedStore(SimulatedDisk disk) {
        this.disk = disk;
        this.log = new WriteAheadLog(disk);
        this.content = new MemoryStore("simulated", this::epoch);
    }

    /// Opens what the disk holds, as its next owner.
    ///
    /// @param crash whether the process ends before that is synced
    /// @throws SimulatedCrash if it does
    public static SimulatedStore open(SimulatedDisk disk, boolean crash) {
        SimulatedStore store = new SimulatedStore(disk);
        store.log.replay().forEach(store::replay);
        store.epoch++;
        store.log.append(record(OPENED, out -> out.writeLong(store.epoch)));
        if (crash) {
            throw new SimulatedCrash(SimulatedCrash.Where.OPENING);
        }
        disk.sync();
        return store;
    }

    /// Lets `fault` happen to the next append.
    public void fail(Fault fault) {
        next = fault;
    }

    /// Whether a sync has failed, after which nothing can be written.
    public boolean failedToSync() {
        return unusable;
    }

    /// The number of the last event of the execution that survives a power cut; 0 if none does.
    public long syncedSeq(long execution) {
        return syncedSeq.getOrDefault(execution, 0L);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean appendsInline() {
        return false;
    }

    @Override
    public void append(Batch batch) {
        checkUsable();
        Fault fault = next;
        next = Fault.NOTHING;
        full = fault == Fault.FULL;
        checkSpace();
        if (fault == Fault.NOTHING || fault == Fault.CRASH_AFTER_SYNC) {
            // Refuses what does not fit. A batch whose sync fails is not to be seen by readers.
            content.append(batch);
        }
        log.append(record(BATCH, out -> out.write(BatchFormat.write(batch))));
        if (fault == Fault.CRASH_BEFORE_SYNC) {
            throw new SimulatedCrash(SimulatedCrash.Where.BEFORE_SYNC);
        }
        if (fault == Fault.SYNC_FAILED) {
            unusable = true;
            throw new StoreException(Kind.FAILED, "the simulated disk failed to sync");
        }
        disk.sync();
        batch.frames().forEach(frame -> syncedSeq.put(frame.execution(), frame.lastSeq()));
        if (fault == Fault.CRASH_AFTER_SYNC) {
            throw new SimulatedCrash(SimulatedCrash.Where.AFTER_SYNC);
        }
    }

    @Override
    public BlobRef writeBlob(String execution, String contentType, BlobSource source) throws IOException {
        checkUsable();
        checkSpace();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        source.writeTo(bytes);
        byte[] value = bytes.toByteArray();
        log.append(record(BLOB, out -> {
            out.writeUTF(execution);
            out.writeUTF(contentType);
            out.write(value);
        }));
        disk.sync();
        return content.writeBlob(execution, contentType, out -> out.write(value));
    }

    private void replay(byte[] record) {
        byte[] body = Arrays.copyOfRange(record, 1, record.length);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            switch (record[0]) {
                case OPENED -> epoch = in.readLong();
                case BATCH -> {
                    Batch batch = BatchFormat.read(body);
                    content.append(batch);
                    batch.frames().forEach(frame -> syncedSeq.put(frame.execution(), frame.lastSeq()));
                }
                case BLOB -> {
                    String execution = in.readUTF();
                    String contentType = in.readUTF();
                    byte[] value = in.readAllBytes();
                    content.writeBlob(execution, contentType, out -> out.write(value));
                }
                default -> throw new IllegalStateException("a record of kind " + record[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] record(byte kind, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(kind);
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// From an append for which there is no space until the next for which there is, values do not fit
    /// either.
    private void checkSpace() {
        if (full) {
            throw new StoreException(Kind.FULL, "the simulated disk is full");
        }
    }

    private void checkUsable() {
        if (unusable) {
            throw new StoreException(Kind.FAILED, "a sync failed; nothing is written any more");
        }
    }

    @Override
    public String id() {
        return content.id();
    }

    @Override
    public long lastExecutionNumber() {
        return content.lastExecutionNumber();
    }

    @Override
    public void project(List<TaskRow> rows, long position) {
        content.project(rows, position);
    }

    @Override
    public void addMessages(List<MessageRow> rows) {
        content.addMessages(rows);
    }

    @Override
    public void register(WorkflowRow row) {
        content.register(row);
    }

    @Override
    public void quarantine(long execution, String reason) {
        content.quarantine(execution, reason);
    }

    @Override
    public void idle() {
        // There is nothing to tidy up.
    }

    @Override
    public Optional<ExecutionRow> execution(String namespace, String id) {
        return content.execution(namespace, id);
    }

    @Override
    public Optional<ExecutionRow> executionByKey(String namespace, String idempotencyKey) {
        return content.executionByKey(namespace, idempotencyKey);
    }

    @Override
    public List<ExecutionRow> executions(ExecutionQuery query) {
        return content.executions(query);
    }

    @Override
    public Map<String, Long> countByStatus(String namespace) {
        return content.countByStatus(namespace);
    }

    @Override
    public List<ExecutionRow> unfinished() {
        return content.unfinished();
    }

    @Override
    public List<Frame> frames(long execution, long fromSeq, int limit) {
        return content.frames(execution, fromSeq, limit);
    }

    @Override
    public List<Frame> framesAfter(long position, int limit) {
        return content.framesAfter(position, limit);
    }

    @Override
    public long lastPosition() {
        return content.lastPosition();
    }

    @Override
    public Optional<byte[]> plan(byte[] digest) {
        return content.plan(digest);
    }

    @Override
    public List<TaskRow> tasks(TaskQuery query) {
        return content.tasks(query);
    }

    @Override
    public long projectedPosition() {
        return content.projectedPosition();
    }

    @Override
    public InputStream blob(BlobRef ref) {
        return content.blob(ref);
    }

    @Override
    public List<BalanceRow> balances() {
        return content.balances();
    }

    @Override
    public List<WorkflowRow> workflows(String namespace) {
        return content.workflows(namespace);
    }

    @Override
    public Optional<WorkflowRow> workflow(String namespace, String name, String version) {
        return content.workflow(namespace, name, version);
    }

    @Override
    public List<MessageRow> messages(long execution, Optional<String> taskPath, long afterNumber, int limit) {
        return content.messages(execution, taskPath, afterNumber, limit);
    }

    @Override
    public void close() {
        content.close();
    }
}
