package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Frame;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The table `frame`: the log.
final class FrameTable {
    private static final String INSERT = """
            INSERT INTO frame (position, execution, epoch, first_seq, count, format, digest, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT =
            "SELECT position, execution, epoch, first_seq, count, format, bytes, digest FROM frame ";

    private FrameTable() {}

    static void insert(Session session, List<Frame> frames) throws SQLException {
        PreparedStatement statement = session.prepared(INSERT);
        for (Frame frame : frames) {
            statement.setLong(1, frame.position());
            statement.setLong(2, frame.execution());
            statement.setLong(3, frame.epoch());
            statement.setLong(4, frame.firstSeq());
            statement.setInt(5, frame.count());
            statement.setInt(6, frame.format());
            statement.setBytes(7, frame.digest());
            statement.setBytes(8, frame.bytes());
            statement.addBatch();
        }
        statement.executeBatch();
    }

    static long lastPosition(Session session) throws SQLException {
        return session.number("SELECT max(position) FROM frame");
    }

    static Optional<byte[]> digest(Session session, long position) throws SQLException {
        return session.first("SELECT digest FROM frame WHERE position = ?", row -> row.getBytes(1), position);
    }

    static List<Frame> of(Session session, long execution, long fromSeq, int limit) throws SQLException {
        return session.list(SELECT + """
                        WHERE execution = ?1 AND first_seq >= coalesce(
                              (SELECT max(first_seq) FROM frame WHERE execution = ?1 AND first_seq <= ?2), 0)
                          AND first_seq + count > ?2
                        ORDER BY first_seq LIMIT ?3
                        """, FrameTable::read, execution, fromSeq, limit);
    }

    static List<Frame> after(Session session, long position, int limit) throws SQLException {
        return session.list(SELECT + "WHERE position > ? ORDER BY position LIMIT ?", FrameTable::read, position, limit);
    }

    private static Frame read(ResultSet row) throws SQLException {
        return new Frame(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                row.getInt(6),
                row.getBytes(7),
                row.getBytes(8));
    }
}
