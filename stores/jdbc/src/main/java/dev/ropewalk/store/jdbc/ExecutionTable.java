package dev.ropewalk.store.jdbc;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.store.ExecutionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table `execution`. A row's head is that of its last frame, so each is read together with it.
final class ExecutionTable {
    static final String COLUMNS = """
            SELECT e.number, e.namespace, e.id, e.workflow, e.version, p.digest, e.idempotency_key, e.body_digest,
                   e.status, h.first_seq + h.count - 1, h.digest, e.created_at, e.started_at, e.completed_at,
                   e.next_due, e.tags, e.metadata, e.error_code, e.quarantine
            """;

    /// Left joins keep the order: the execution first, then what belongs to it.
    static final String HEAD_AND_PLAN = """
            LEFT JOIN frame h ON h.position =
                 (SELECT f.position FROM frame f WHERE f.execution = e.number ORDER BY f.first_seq DESC LIMIT 1)
            LEFT JOIN plan p ON p.id = e.plan
            """;

    private static final String SELECT = COLUMNS + "FROM execution e\n" + HEAD_AND_PLAN;

    private static final String UNFINISHED = Arrays.stream(ExecutionStatus.values())
            .filter(status -> !status.ended() && status != ExecutionStatus.QUARANTINED)
            .map(status -> "'" + status + "'")
            .collect(Collectors.joining(", ", "(", ")"));

    private static final String INSERT = """
            INSERT INTO execution (number, namespace, id, workflow, version, plan, idempotency_key, body_digest,
                                   status, created_at, started_at, completed_at, next_due, tags, metadata, error_code)
            VALUES (?, ?, ?, ?, ?, (SELECT id FROM plan WHERE digest = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            UPDATE execution SET status = ?, started_at = ?, completed_at = ?, next_due = ?, error_code = ?
             WHERE number = ?
            """;

    private ExecutionTable() {}

    static void insert(Session session, ExecutionRow row) throws SQLException {
        session.run(
                INSERT,
                row.number(),
                row.namespace(),
                row.id(),
                row.workflow(),
                row.version(),
                row.planDigest(),
                row.idempotencyKey().orElse(null),
                row.bodyDigest(),
                row.status(),
                row.createdAt(),
                row.startedAt(),
                row.completedAt(),
                row.nextDue(),
                JsonStrings.write(row.tags()),
                row.metadata(),
                row.errorCode().orElse(null));
    }

    static void update(Session session, ExecutionRow row) throws SQLException {
        session.run(
                UPDATE,
                row.status(),
                row.startedAt(),
                row.completedAt(),
                row.nextDue(),
                row.errorCode().orElse(null),
                row.number());
    }

    /// Whether [#update] would change what is stored.
    static boolean differ(ExecutionRow stored, ExecutionRow row) {
        return !stored.status().equals(row.status())
                || stored.startedAt() != row.startedAt()
                || stored.completedAt() != row.completedAt()
                || stored.nextDue() != row.nextDue()
                || !stored.errorCode().equals(row.errorCode());
    }

    /// @return whether there is such an execution
    static boolean quarantine(Session session, long number, String reason) throws SQLException {
        return session.run("UPDATE execution SET quarantine = ? WHERE number = ?", reason, number) == 1;
    }

    static long lastNumber(Session session) throws SQLException {
        return session.number("SELECT max(number) FROM execution");
    }

    static Optional<ExecutionRow> byNumber(Session session, long number) throws SQLException {
        return session.first(SELECT + "WHERE e.number = ?", ExecutionTable::read, number);
    }

    static Optional<ExecutionRow> byId(Session session, String namespace, String id) throws SQLException {
        return session.first(SELECT + "WHERE e.namespace = ? AND e.id = ?", ExecutionTable::read, namespace, id);
    }

    static Optional<ExecutionRow> byKey(Session session, String namespace, String key) throws SQLException {
        return session.first(
                SELECT + "WHERE e.namespace = ? AND e.idempotency_key = ?", ExecutionTable::read, namespace, key);
    }

    static List<ExecutionRow> unfinished(Session session) throws SQLException {
        return session.list(
                SELECT + "WHERE e.shown_status IN " + UNFINISHED + " ORDER BY e.number", ExecutionTable::read);
    }

    static Map<String, Long> countByStatus(Session session, String namespace) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        session.list(
                "SELECT shown_status, count(*) FROM execution WHERE namespace = ? GROUP BY shown_status",
                row -> counts.put(row.getString(1), row.getLong(2)),
                namespace);
        return counts;
    }

    static ExecutionRow read(ResultSet row) throws SQLException {
        return new ExecutionRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBytes(6),
                Optional.ofNullable(row.getString(7)),
                row.getBytes(8),
                row.getString(9),
                row.getLong(10),
                row.getBytes(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                JsonStrings.read(row.getString(16)),
                row.getString(17),
                Optional.ofNullable(row.getString(18)),
                Optional.ofNullable(row.getString(19)));
    }
}
