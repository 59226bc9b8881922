package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.store.WorkflowRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store in an SQLite file that this process owns. See `docs/decisions/0005-sqlite-store.md`.
///
/// Everything is written through one connection, by one thread at a time; [WriteTurn] says whose turn it
/// is. A failure that leaves open what is on disk stops the store for good: it neither writes nor reads,
/// nor syncs again what may be lost.
final class SqliteStore extends SqliteReader implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

    /// So many tasks are projected in a transaction, between which appends may go first.
    private static final int TASKS_AT_ONCE = 64;

    private final OwnedDatabase database;
    private final SqliteErrors errors;
    private final WriteTurn turn = new WriteTurn();
    private final Checkpointer checkpointer;
    private final MessageTable messages = new MessageTable(MESSAGES_PER_EXECUTION, MESSAGES_OVERALL);
    private volatile @Nullable StoreException failure;
    private volatile boolean closed;
    private boolean anchorFails;

    /// Writes something, in a transaction.
    @FunctionalInterface
    private interface Work {
        void write(Session session) throws SQLException;
    }

    private SqliteStore(OwnedDatabase database) {
        super(database.location(), new ReaderPool(database.location()), database.blobs(), database.id());
        this.database = database;
        this.errors = new SqliteErrors(location);
        this.checkpointer = new Checkpointer(errors, new Connections(location)::writer, turn, this::stop);
    }

    /// Opens the store as its owner, and makes it if it is not there.
    static SqliteStore open(SqliteLocation location) {
        return new SqliteStore(OwnedDatabase.open(location));
    }

    OwnedDatabase database() {
        return database;
    }

    @Override
    public long epoch() {
        return database.epoch();
    }

    @Override
    public long lastExecutionNumber() {
        return read(ExecutionTable::lastNumber);
    }

    @Override
    public boolean appendsInline() {
        return false;
    }

    @Override
    public void append(Batch batch) {
        turn.takeForAppend();
        try {
            checkUsable();
            checkpointer.wrote(appendInTurn(batch));
            if (!batch.frames().isEmpty()) {
                anchor(batch);
            }
        } finally {
            turn.leave();
        }
    }

    private long appendInTurn(Batch batch) {
        try {
            return database.log().append(batch);
        } catch (SQLException e) {
            throw failed(errors.writing(e), true);
        } catch (StoreException e) {
            throw failed(e, true);
        }
    }

    /// The batch is safe already. An anchor that stays behind is weaker, not wrong.
    private void anchor(Batch batch) {
        try {
            var last = batch.frames().getLast();
            database.anchor().write(last.position(), last.digest());
        } catch (IOException e) {
            if (!anchorFails) {
                log.warn("Head anchor not written, lost frames would go unnoticed file={}", location.head(), e);
            }
            anchorFails = true;
        }
    }

    @Override
    public BlobRef writeBlob(String execution, String contentType, BlobSource source) throws IOException {
        checkUsable();
        try {
            return database.blobs().write(epoch(), execution, contentType, source);
        } catch (StoreException e) {
            if (e.kind() == Kind.FAILED) {
                stop(e);
            }
            throw e;
        }
    }

    @Override
    public void project(List<TaskRow> rows, long position) {
        int from = 0;
        do {
            List<TaskRow> some = rows.subList(from, Math.min(from + TASKS_AT_ONCE, rows.size()));
            from += some.size();
            boolean last = from == rows.size();
            write(false, 3 + some.size() / 20, session -> {
                TaskTable.put(session, some);
                if (last) {
                    StoreTable.project(session, position);
                }
            });
        } while (from < rows.size());
    }

    @Override
    public void addMessages(List<MessageRow> rows) {
        write(false, 3 + rows.size() / 20, session -> messages.add(session, rows));
    }

    @Override
    public void register(WorkflowRow row) {
        write(
                true,
                3 + row.definition().length / Checkpointer.PAGE_BYTES,
                session -> WorkflowTable.register(session, row));
    }

    @Override
    public void quarantine(long execution, String reason) {
        write(true, 3, session -> {
            if (!ExecutionTable.quarantine(session, execution, reason)) {
                throw location.problem(Kind.CONFLICT, "there is no execution number " + execution);
            }
        });
    }

    @Override
    public void idle() {
        checkpointer.idle();
    }

    /// @param synced whether to return only once it survives a power cut; otherwise it does from the next
    ///     append on
    private void write(boolean synced, long pages, Work work) {
        turn.take();
        try {
            checkUsable();
            Session session = database.session();
            try {
                if (!synced) {
                    session.once("PRAGMA synchronous = NORMAL");
                }
                session.begin();
                work.write(session);
                session.commit();
            } catch (SQLException e) {
                throw failed(errors.writing(e), false);
            } catch (StoreException e) {
                throw failed(e, false);
            } finally {
                if (!synced) {
                    syncEveryCommit(session);
                }
            }
            checkpointer.wrote(pages);
        } finally {
            turn.leave();
        }
    }

    private void syncEveryCommit(Session session) {
        try {
            session.once("PRAGMA synchronous = FULL");
        } catch (SQLException e) {
            stop(errors.failed(e));
        }
    }

    /// Undoes what was begun, and stops the store unless nothing is wrong but space, or, outside of the
    /// log, a contradiction.
    private StoreException failed(StoreException e, boolean append) {
        boolean goesOn = e.kind() == Kind.FULL || (!append && e.kind() == Kind.CONFLICT);
        try {
            database.session().rollback();
        } catch (SQLException rollback) {
            e.addSuppressed(rollback);
            goesOn = false;
        }
        if (!goesOn) {
            stop(e);
        }
        return e;
    }

    private void stop(StoreException e) {
        if (failure == null) {
            failure = e;
            checkpointer.stop();
        }
    }

    @Override
    void checkUsable() {
        if (closed) {
            throw location.problem(Kind.UNUSABLE, "it is closed");
        }
        StoreException stopped = failure;
        if (stopped != null) {
            throw location.problem(Kind.FAILED, "it takes nothing more since: " + stopped.getMessage(), stopped);
        }
    }

    /// After a failure the connection stays open until the process ends: to close it would sync once more.
    @Override
    public void close() {
        checkpointer.close();
        turn.take();
        try {
            if (!closed) {
                closed = true;
                super.close();
                database.close(failure == null);
            }
        } finally {
            turn.leave();
        }
    }
}
