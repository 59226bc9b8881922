package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.store.WorkflowRow;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be read from an SQLite store: by its owner, or beside it.
class SqliteReader implements StoreReader {
    final SqliteLocation location;
    private final ReaderPool pool;
    private final BlobFiles blobs;
    private final String id;

    SqliteReader(SqliteLocation location, ReaderPool pool, BlobFiles blobs, String id) {
        this.location = location;
        this.pool = pool;
        this.blobs = blobs;
        this.id = id;
    }

    /// Opens the store for reading only.
    static SqliteReader open(SqliteLocation location) {
        if (!Files.exists(location.database())) {
            throw notFound(location);
        }
        ReaderPool pool = new ReaderPool(location);
        try {
            // Before the log: an owner beside us may write, and the log must be what is ahead.
            HeadCheck head = HeadCheck.read(location);
            String id = pool.read(session -> {
                Schema schema = new Schema(location, session);
                if (schema.isEmpty()) {
                    head.verifyEmpty();
                    throw notFound(location);
                }
                schema.checkCurrent();
                head.verify(session);
                return StoreTable.id(session);
            });
            return new SqliteReader(location, pool, new BlobFiles(location), id);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static StoreException notFound(SqliteLocation location) {
        return location.problem(
                Kind.NOT_FOUND,
                location.database() + " is not there; run a plan first, or name the store with --store sqlite:PATH");
    }

    /// @throws StoreException if nothing can be read any more
    void checkUsable() {}

    final <T> T read(ReaderPool.Question<T> question) {
        checkUsable();
        return pool.read(question);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Optional<ExecutionRow> execution(String namespace, String execution) {
        return read(session -> ExecutionTable.byId(session, namespace, execution));
    }

    @Override
    public final Optional<ExecutionRow> executionByKey(String namespace, String idempotencyKey) {
        return read(session -> ExecutionTable.byKey(session, namespace, idempotencyKey));
    }

    @Override
    public final List<ExecutionRow> executions(ExecutionQuery query) {
        return read(session -> ExecutionSearch.find(session, query));
    }

    @Override
    public final Map<String, Long> countByStatus(String namespace) {
        return read(session -> ExecutionTable.countByStatus(session, namespace));
    }

    @Override
    public final List<ExecutionRow> unfinished() {
        return read(ExecutionTable::unfinished);
    }

    @Override
    public final List<Frame> frames(long execution, long fromSeq, int limit) {
        List<Frame> frames = read(session -> FrameTable.of(session, execution, fromSeq, limit));
        for (int i = 1; i < frames.size(); i++) {
            if (frames.get(i).firstSeq() != frames.get(i - 1).lastSeq() + 1) {
                throw gap(
                        "execution %d".formatted(execution),
                        "event",
                        frames.get(i - 1).lastSeq() + 1);
            }
        }
        return frames;
    }

    @Override
    public final List<Frame> framesAfter(long position, int limit) {
        List<Frame> frames = read(session -> FrameTable.after(session, position, limit));
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).position() != position + i + 1) {
                throw gap("the log", "position", position + i + 1);
            }
        }
        return frames;
    }

    private StoreException gap(String where, String what, long number) {
        return location.problem(
                Kind.CORRUPT,
                "%s lacks %s %d; restore %s from a backup".formatted(where, what, number, location.database()));
    }

    @Override
    public final long lastPosition() {
        return read(FrameTable::lastPosition);
    }

    @Override
    public final Optional<byte[]> plan(byte[] digest) {
        Optional<byte[]> bytes = read(session -> PlanTable.bytes(session, digest));
        if (bytes.isPresent() && !PlanTable.isSound(bytes.get(), digest)) {
            throw location.problem(
                    Kind.CORRUPT, "a plan is damaged; restore %s from a backup".formatted(location.database()));
        }
        return bytes;
    }

    @Override
    public final List<TaskRow> tasks(TaskQuery query) {
        return read(session -> TaskTable.find(session, query));
    }

    @Override
    public final long projectedPosition() {
        return read(StoreTable::projectedPosition);
    }

    @Override
    public final InputStream blob(BlobRef ref) {
        checkUsable();
        return blobs.read(ref);
    }

    @Override
    public final List<BalanceRow> balances() {
        return read(BalanceTable::all);
    }

    @Override
    public final List<WorkflowRow> workflows(String namespace) {
        return read(session -> WorkflowTable.all(session, namespace));
    }

    @Override
    public final Optional<WorkflowRow> workflow(String namespace, String name, String version) {
        return read(session -> WorkflowTable.find(session, namespace, name, version));
    }

    @Override
    public final List<MessageRow> messages(long execution, Optional<String> taskPath, long afterNumber, int limit) {
        return read(session -> MessageTable.find(session, execution, taskPath, afterNumber, limit));
    }

    @Override
    public void close() {
        pool.close();
    }
}
