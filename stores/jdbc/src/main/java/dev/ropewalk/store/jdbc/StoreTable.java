package dev.ropewalk.store.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/// The table `store`, which has one row.
final class StoreTable {
    private StoreTable() {}

    static void create(Session session, String id) throws SQLException {
        session.run("INSERT INTO store (one, id, epoch, projected_position) VALUES (1, ?, 0, 0)", id);
    }

    static String id(Session session) throws SQLException {
        Optional<String> id = session.first("SELECT id FROM store", row -> row.getString(1));
        return id.orElse("");
    }

    static long epoch(Session session) throws SQLException {
        return session.number("SELECT epoch FROM store");
    }

    static void raiseEpoch(Session session) throws SQLException {
        session.run("UPDATE store SET epoch = epoch + 1");
    }

    static long projectedPosition(Session session) throws SQLException {
        return session.number("SELECT projected_position FROM store");
    }

    static void project(Session session, long position) throws SQLException {
        session.run("UPDATE store SET projected_position = ?", position);
    }
}
