package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;

/// The database of a store as its owner has it: locked, brought up to date, found complete, and open for
/// writing under an epoch of its own.
///
/// @param session the one connection that writes
record OwnedDatabase(
        SqliteLocation location,
        OwnerLock lock,
        Session session,
        HeadAnchor anchor,
        LogWriter log,
        BlobFiles blobs,
        String id,
        long epoch) {

    static OwnedDatabase open(SqliteLocation location) {
        OwnerLock lock = lock(location);
        boolean opened = false;
        try {
            OwnedDatabase database = open(location, lock);
            opened = true;
            return database;
        } catch (SQLException e) {
            throw new SqliteErrors(location).opening(e);
        } catch (IOException e) {
            throw unusable(location, e);
        } finally {
            if (!opened) {
                release(lock);
            }
        }
    }

    private static OwnerLock lock(SqliteLocation location) {
        try {
            PrivateFiles.ensureDirectory(location.directory());
            return OwnerLock.acquire(location);
        } catch (IOException e) {
            throw unusable(location, e);
        }
    }

    private static OwnedDatabase open(SqliteLocation location, OwnerLock lock) throws SQLException, IOException {
        PrivateFiles.ensureFile(location.database());
        Session session = new Connections(location).stranger();
        boolean opened = false;
        try {
            claim(location, session);
            String id = StoreTable.id(session);
            long epoch = StoreTable.epoch(session);
            BlobFiles blobs = new BlobFiles(location);
            blobs.sweep(BlobTable.ids(session));
            makeRoom(location);
            LogWriter log = new LogWriter(location, session, epoch, new Heads(session, new SqliteErrors(location)));
            HeadAnchor anchor = HeadAnchor.open(location.head(), id);
            opened = true;
            return new OwnedDatabase(location, lock, session, anchor, log, blobs, id, epoch);
        } finally {
            if (!opened) {
                session.close();
            }
        }
    }

    private static void makeRoom(SqliteLocation location) {
        SqliteErrors errors = new SqliteErrors(location);
        try {
            Checkpointer.makeRoom(location.wal());
        } catch (IOException e) {
            throw errors.failed(errors.unlessFull(e, location.wal()));
        }
    }

    /// Nothing is changed before it is known that this is a store, that we can read it, and that it is
    /// complete.
    private static void claim(SqliteLocation location, Session session) throws SQLException {
        HeadCheck head = HeadCheck.read(location);
        Schema schema = new Schema(location, session);
        boolean empty = schema.isEmpty();
        if (empty) {
            head.verifyEmpty();
        } else {
            head.verify(session);
        }
        if (!Connections.prepareToWrite(session)) {
            throw location.problem(
                    Kind.UNUSABLE,
                    "the file system of %s lacks the shared memory that SQLite's log needs; use a local disk"
                            .formatted(location.database()));
        }
        session.begin();
        schema.migrate();
        if (empty) {
            StoreTable.create(session, UUID.randomUUID().toString().replace("-", ""));
        }
        StoreTable.raiseEpoch(session);
        session.commit();
    }

    private static StoreException unusable(SqliteLocation location, IOException e) {
        new SqliteErrors(location).unlessFull(e, location.database());
        return location.problem(
                Kind.UNUSABLE,
                "%s cannot be used; check that its directory can be written (%s: %s)"
                        .formatted(location.database(), e.getClass().getSimpleName(), e.getMessage()),
                e);
    }

    /// @param sound whether the connection may be closed, which writes and syncs
    void close(boolean sound) {
        try {
            anchor.close();
            if (sound) {
                session.close();
            }
        } catch (SQLException | IOException e) {
            throw new SqliteErrors(location).failed(e);
        } finally {
            release(lock);
        }
    }

    private static void release(OwnerLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
