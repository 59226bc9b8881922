package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BlobRef;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/// The table `blob_file`: which files count.
final class BlobTable {
    private BlobTable() {}

    static void insert(Session session, BlobRef ref) throws SQLException {
        session.run("""
                INSERT INTO blob_file (id, origin, size, sha256, content_type, encoding) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                """, ref.id(), ref.origin(), ref.size(), ref.sha256(), ref.contentType(), ref.encoding());
    }

    static Set<String> ids(Session session) throws SQLException {
        return new HashSet<>(session.list("SELECT id FROM blob_file", row -> row.getString(1)));
    }
}
