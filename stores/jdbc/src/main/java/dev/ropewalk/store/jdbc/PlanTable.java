package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Batch.PlanRow;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;

/// The table `plan`: each plan once, however many executions run it.
final class PlanTable {
    private PlanTable() {}

    static void insert(Session session, PlanRow plan) throws SQLException {
        session.run(
                "INSERT INTO plan (digest, format, bytes) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
                plan.digest(),
                plan.format(),
                plan.bytes());
    }

    static Optional<byte[]> bytes(Session session, byte[] digest) throws SQLException {
        return session.first("SELECT bytes FROM plan WHERE digest = ?", row -> row.getBytes(1), digest);
    }

    static boolean isSound(byte[] bytes, byte[] digest) {
        return MessageDigest.isEqual(Sha256.of(bytes), digest);
    }
}
