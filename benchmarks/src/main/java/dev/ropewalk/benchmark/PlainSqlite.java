package dev.ropewalk.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// A database with one table, written as durably as the store writes and with nothing around it.
final class PlainSqlite implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement insert;
    private final byte[] record;

    PlainSqlite(Path file, int recordBytes) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        record = new byte[recordBytes];
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, bytes BLOB)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO record (bytes) VALUES (?)");
    }

    /// Inserts a group of rows and commits.
    ///
    /// @return how long that took, in seconds
    double commit(int rows) {
        long start = System.nanoTime();
        try {
            for (int i = 0; i < rows; i++) {
                insert.setBytes(1, record);
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be measured", e);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
