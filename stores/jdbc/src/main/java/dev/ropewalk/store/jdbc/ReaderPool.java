package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/// The connections that only read. Each question is one statement, so one consistent state, and ends
/// before the answer is given: a reader that lingers would keep the WAL from being reused.
final class ReaderPool implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int CANTOPEN = 14;

    private final SqliteLocation location;
    private final Connections connections;
    private final SqliteErrors errors;
    private final Semaphore permits = new Semaphore(CONNECTIONS, true);
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closed;

    /// Asks something.
    @FunctionalInterface
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    ReaderPool(SqliteLocation location) {
        this.location = location;
        this.connections = new Connections(location);
        this.errors = new SqliteErrors(location);
    }

    <T> T read(Question<T> question) {
        permits.acquireUninterruptibly();
        try {
            Session session = borrow();
            boolean sound = false;
            try {
                T answer = question.ask(session);
                sound = true;
                return answer;
            } finally {
                giveBack(session, sound);
            }
        } catch (SQLException e) {
            throw errors.reading(e);
        } finally {
            permits.release();
        }
    }

    private Session borrow() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw location.problem(Kind.UNUSABLE, "it is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return connect();
    }

    private Session connect() throws SQLException {
        Session session = connections.reader();
        try {
            session.number("PRAGMA schema_version");
            return session;
        } catch (SQLException e) {
            session.close();
            if (e.getErrorCode() == CANTOPEN && staysAsItIs()) {
                return connections.readerOfWhatStaysAsItIs();
            }
            throw errors.opening(e);
        }
    }

    private boolean staysAsItIs() {
        try {
            return !OwnerLock.isHeld(location) && (!Files.exists(location.wal()) || Files.size(location.wal()) == 0);
        } catch (IOException _) {
            return false;
        }
    }

    private void giveBack(Session session, boolean sound) throws SQLException {
        synchronized (idle) {
            if (sound && !closed) {
                idle.push(session);
                return;
            }
        }
        session.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            while (!idle.isEmpty()) {
                try {
                    idle.pop().close();
                } catch (SQLException e) {
                    throw errors.reading(e);
                }
            }
        }
    }
}
