package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.WorkflowRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The table `workflow`: registered definitions.
final class WorkflowTable {
    private static final String SELECT =
            "SELECT namespace, name, version, format, definition, description, registered_at FROM workflow";

    private WorkflowTable() {}

    static void register(Session session, WorkflowRow row) throws SQLException {
        Optional<WorkflowRow> same = session.first(
                SELECT + " WHERE namespace = ? AND name = ? AND version = ?",
                WorkflowTable::read,
                row.namespace(),
                row.name(),
                row.version());
        if (same.isPresent()) {
            same.get().checkSame(row);
            return;
        }
        session.run(
                """
                INSERT INTO workflow (namespace, name, version, format, definition, description, registered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                row.namespace(),
                row.name(),
                row.version(),
                row.format(),
                row.definition(),
                row.description(),
                row.registeredAt());
    }

    static List<WorkflowRow> all(Session session, String namespace) throws SQLException {
        return session.list(SELECT + " WHERE namespace = ? ORDER BY name, number", WorkflowTable::read, namespace);
    }

    static Optional<WorkflowRow> find(Session session, String namespace, String name, String version)
            throws SQLException {
        return session.first(
                SELECT + " WHERE namespace = ?1 AND name = ?2 AND ?3 IN ('', version) ORDER BY number DESC LIMIT 1",
                WorkflowTable::read,
                namespace,
                name,
                version);
    }

    private static WorkflowRow read(ResultSet row) throws SQLException {
        return new WorkflowRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBytes(5),
                row.getString(6),
                row.getLong(7));
    }
}
