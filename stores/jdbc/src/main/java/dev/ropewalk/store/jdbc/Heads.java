package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.StoreException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The stored rows of the executions that are being appended to, so that an append need not read. For
/// use by the owner, in its turn.
final class Heads {
    /// A bound, not a target: a row is forgotten when its execution ends.
    private static final int ROWS = 100_000;

    private final Session session;
    private final SqliteErrors errors;
    private final Map<Long, ExecutionRow> rows = new HashMap<>();
    private long lastNumber;

    Heads(Session session, SqliteErrors errors) throws SQLException {
        this.session = session;
        this.errors = errors;
        this.lastNumber = ExecutionTable.lastNumber(session);
    }

    long lastNumber() {
        return lastNumber;
    }

    /// The row as it is stored.
    Optional<ExecutionRow> stored(long number) {
        ExecutionRow row = rows.get(number);
        if (row != null || number > lastNumber) {
            return Optional.ofNullable(row);
        }
        try {
            Optional<ExecutionRow> found = ExecutionTable.byNumber(session, number);
            found.ifPresent(this::remember);
            return found;
        } catch (SQLException e) {
            throw errors.reading(e);
        }
    }

    /// For [Batch#checkFollows].
    ///
    /// @throws StoreException if it cannot be read
    long headSeq(long number) {
        return stored(number).map(ExecutionRow::headSeq).orElse(Batch.NEW);
    }

    /// The row has been stored.
    void wrote(ExecutionRow row) {
        lastNumber = Math.max(lastNumber, row.number());
        if (row.unfinished()) {
            remember(row);
        } else {
            rows.remove(row.number());
        }
    }

    private void remember(ExecutionRow row) {
        if (rows.size() >= ROWS) {
            rows.clear();
        }
        rows.put(row.number(), row);
    }
}
