package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table `task`, projected from the log.
final class TaskTable {
    private static final String COLUMNS =
            "execution, idx, path, step, tool, status, attempts, generation, queued_at, started_at, completed_at,"
                    + " run_micros, error_code, error_message, agent, result_seq, as_of_seq";

    private static final String REPLACE =
            "INSERT OR REPLACE INTO task (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private TaskTable() {}

    static void put(Session session, List<TaskRow> rows) throws SQLException {
        PreparedStatement statement = session.prepared(REPLACE);
        for (TaskRow row : rows) {
            statement.setLong(1, row.execution());
            statement.setInt(2, row.index());
            statement.setString(3, row.path());
            statement.setString(4, row.step());
            statement.setString(5, row.tool());
            statement.setString(6, row.status());
            statement.setInt(7, row.attempts());
            statement.setInt(8, row.generation());
            statement.setLong(9, row.queuedAt());
            statement.setLong(10, row.startedAt());
            statement.setLong(11, row.completedAt());
            statement.setLong(12, row.runMicros());
            statement.setString(13, row.errorCode().orElse(null));
            statement.setString(14, row.errorMessage().orElse(null));
            statement.setString(15, row.agent().orElse(null));
            statement.setLong(16, row.resultSeq());
            statement.setLong(17, row.asOfSeq());
            statement.addBatch();
        }
        statement.executeBatch();
    }

    static List<TaskRow> find(Session session, TaskQuery query) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " FROM task WHERE execution = ? AND idx >= ?");
        List<Object> values = new ArrayList<>(List.of(query.execution(), query.fromIndex()));
        if (!query.statuses().isEmpty()) {
            sql.append(" AND status IN (SELECT value FROM json_each(?))");
            values.add(JsonStrings.write(query.statuses()));
        }
        query.path().ifPresent(path -> {
            sql.append(" AND path = ?");
            values.add(path);
        });
        values.add(query.limit());
        return session.list(sql + " ORDER BY idx LIMIT ?", TaskTable::read, values.toArray());
    }

    private static TaskRow read(ResultSet row) throws SQLException {
        return new TaskRow(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                row.getInt(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                Optional.ofNullable(row.getString(13)),
                Optional.ofNullable(row.getString(14)),
                Optional.ofNullable(row.getString(15)),
                row.getLong(16),
                row.getLong(17));
    }
}
