package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.MessageRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table `message`. The oldest are dropped only once so many have been added since the last look, so
/// that most writes only add; for use by the owner, in its turn.
final class MessageTable {
    private static final String INSERT = """
            INSERT INTO message (number, execution, task_path, attempt, at, level, text)
            VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?)
            """;

    private static final String DROP_OF_EXECUTION = """
            DELETE FROM message WHERE execution = ?1 AND number <=
                   (SELECT number FROM message WHERE execution = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)
            """;

    private static final String DROP_OVERALL =
            "DELETE FROM message WHERE number <= (SELECT number FROM message ORDER BY number DESC LIMIT 1 OFFSET ?)";

    private final int perExecution;
    private final int overall;

    /// How many were added since the last look, by execution. Forgotten from time to time, so the look is
    /// at half the tenth by which the bound may be exceeded.
    private final Map<Long, Integer> added = new HashMap<>();

    private long addedOverall;

    MessageTable(int perExecution, int overall) {
        this.perExecution = perExecution;
        this.overall = overall;
    }

    void add(Session session, List<MessageRow> rows) throws SQLException {
        for (MessageRow row : rows) {
            session.run(
                    INSERT,
                    row.number(),
                    row.execution(),
                    row.taskPath().orElse(null),
                    row.attempt(),
                    row.at(),
                    row.level(),
                    row.text());
        }
        for (MessageRow row : rows) {
            int since = added.merge(row.execution(), 1, Integer::sum);
            if (since > perExecution / 20) {
                session.run(DROP_OF_EXECUTION, row.execution(), perExecution);
                added.put(row.execution(), 0);
            }
        }
        addedOverall += rows.size();
        if (addedOverall > overall / 10) {
            session.run(DROP_OVERALL, overall);
            addedOverall = 0;
            added.clear();
        }
    }

    static List<MessageRow> find(
            Session session, long execution, Optional<String> taskPath, long afterNumber, int limit)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(execution, afterNumber));
        taskPath.ifPresent(values::add);
        values.add(limit);
        return session.list(
                "SELECT number, execution, task_path, attempt, at, level, text FROM message"
                        + " WHERE execution = ? AND number > ?" + (taskPath.isPresent() ? " AND task_path = ?" : "")
                        + " ORDER BY number LIMIT ?",
                MessageTable::read,
                values.toArray());
    }

    private static MessageRow read(ResultSet row) throws SQLException {
        return new MessageRow(
                row.getLong(1),
                row.getLong(2),
                Optional.ofNullable(row.getString(3)),
                row.getInt(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7));
    }
}
