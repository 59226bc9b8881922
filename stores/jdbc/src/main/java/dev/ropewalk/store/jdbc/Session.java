package dev.ropewalk.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// A connection with the statements that were prepared on it. For one thread at a time.
///
/// Transactions are SQLite's own: each statement by itself unless [#begin] was called. The driver's
/// auto-commit is off without its `BEGIN`, because it would follow every statement with an attempt to
/// begin and commit another transaction.
final class Session implements AutoCloseable {
    /// Enough for every fixed statement; those put together for a query come and go.
    private static final int KEPT_STATEMENTS = 64;

    private final SQLiteConnection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    /// Reads one row.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Session(SQLiteConnection connection) {
        this.connection = connection;
        connection.getConnectionConfig().setAutoCommit(false);
    }

    void begin() throws SQLException {
        run("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        run("COMMIT");
    }

    /// Ends the transaction if the error that made it fail has not done so already. The driver finalizes
    /// a statement that fails, but says later that it is open: so all of them are prepared anew.
    void rollback() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        try {
            once("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    /// Executes something that is not worth keeping, or takes effect while it is prepared, as a pragma.
    void once(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int run(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> list = new ArrayList<>();
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                list.add(reader.read(rows));
            }
        }
        return list;
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /// The single number that `sql` asks for; 0 if there is no row, or it is null.
    long number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// The statement, prepared once; the caller binds every parameter.
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            forgetEldest();
        }
        return statement;
    }

    private void forgetEldest() throws SQLException {
        if (statements.size() > KEPT_STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            PreparedStatement statement = eldest.next().getValue();
            eldest.remove();
            statement.close();
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object[] values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
