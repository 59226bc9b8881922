package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BalanceRow;
import java.sql.SQLException;
import java.util.List;

/// The table `balance`: what rates and budgets have used up.
final class BalanceTable {
    private BalanceTable() {}

    static void put(Session session, BalanceRow row) throws SQLException {
        if (row.bytes().length == 0) {
            session.run("DELETE FROM balance WHERE key = ?", row.key());
        } else {
            session.run(
                    "INSERT INTO balance (key, bytes) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes",
                    row.key(),
                    row.bytes());
        }
    }

    static List<BalanceRow> all(Session session) throws SQLException {
        return session.list(
                "SELECT key, bytes FROM balance ORDER BY key",
                row -> new BalanceRow(row.getString(1), row.getBytes(2)));
    }
}
