package dev.ropewalk.store.jdbc;

import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Answers an [ExecutionQuery]: finds the numbers of the page by the index that suits, newest first and
/// without sorting more than it must, and only then reads the rows. The text of the statement is put
/// together from constants; whatever a user wrote is bound.
final class ExecutionSearch {
    private static final Set<String> STATUSES =
            Arrays.stream(ExecutionStatus.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private static final String HAS_TAGS =
            " AND NOT EXISTS (SELECT value FROM json_each(?) EXCEPT SELECT value FROM json_each(tags))";

    /// The path of the member comes from the document itself, so a key may hold any character.
    private static final String HAS_METADATA = """
             AND EXISTS (SELECT 1 FROM json_each(metadata) m WHERE m.key = ?
                         AND CASE m.type WHEN 'text' THEN m.value ELSE metadata -> m.fullkey END = ?)""";

    private final ExecutionQuery query;
    private final List<Object> values = new ArrayList<>();

    private ExecutionSearch(ExecutionQuery query) {
        this.query = query;
    }

    static List<ExecutionRow> find(Session session, ExecutionQuery query) throws SQLException {
        return new ExecutionSearch(query).find(session);
    }

    /// How SQLite would go about it.
    static String explain(Session session, ExecutionQuery query) throws SQLException {
        ExecutionSearch search = new ExecutionSearch(query);
        String sql = "EXPLAIN QUERY PLAN " + search.page(search.statuses());
        return String.join("\n", session.list(sql, row -> row.getString("detail"), search.values.toArray()));
    }

    private List<ExecutionRow> find(Session session) throws SQLException {
        Set<String> statuses = statuses();
        if (statuses.isEmpty() && !query.statuses().isEmpty()) {
            return List.of();
        }
        String sql = ExecutionTable.COLUMNS + "FROM (" + page(statuses) + ") n"
                + " JOIN execution e ON e.number = n.number\n" + ExecutionTable.HEAD_AND_PLAN
                + "ORDER BY n.number DESC";
        return session.list(sql, ExecutionTable::read, values.toArray());
    }

    private Set<String> statuses() {
        Set<String> statuses = new LinkedHashSet<>(query.statuses());
        statuses.retainAll(STATUSES);
        return statuses;
    }

    private String page(Set<String> statuses) {
        String sql = numbers(statuses) + " ORDER BY number DESC LIMIT ?";
        values.add(query.limit());
        return sql;
    }

    private String numbers(Set<String> statuses) {
        if (!query.idPrefix().isEmpty()) {
            values.add(query.idPrefix());
            values.add(query.idPrefix() + Character.toString(Character.MAX_CODE_POINT));
            String byId = "SELECT number FROM execution INDEXED BY execution_by_id WHERE id >= ? AND id < ?";
            if (statuses.isEmpty()) {
                return byId + conditions();
            }
            values.add(JsonStrings.write(statuses));
            return byId + " AND shown_status IN (SELECT value FROM json_each(?))" + conditions();
        }
        if (!statuses.isEmpty()) {
            // One search each, merged: every one of them already has the wanted order.
            List<String> searches = new ArrayList<>();
            for (String status : statuses) {
                values.add(status);
                searches.add("SELECT number FROM execution WHERE shown_status = ?" + conditions());
            }
            return String.join(" UNION ALL ", searches);
        }
        String index = query.workflow().isPresent() ? "INDEXED BY execution_by_workflow" : "NOT INDEXED";
        return "SELECT number FROM execution " + index + " WHERE true" + conditions();
    }

    /// What holds for every search; adds its values.
    private String conditions() {
        StringBuilder sql = new StringBuilder(" AND namespace = ?");
        values.add(query.namespace());
        if (query.beforeNumber() > 0) {
            sql.append(" AND number < ?");
            values.add(query.beforeNumber());
        }
        query.workflow().ifPresent(workflow -> {
            sql.append(" AND workflow = ?");
            values.add(workflow);
        });
        if (!query.tags().isEmpty()) {
            sql.append(HAS_TAGS);
            values.add(JsonStrings.write(query.tags()));
        }
        query.metadata().forEach((key, text) -> {
            sql.append(HAS_METADATA);
            values.add(key);
            values.add(text);
        });
        return sql.toString();
    }
}
