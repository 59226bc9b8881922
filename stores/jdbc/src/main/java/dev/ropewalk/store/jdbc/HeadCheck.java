package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the log with its [HeadAnchor] when a store is opened: nothing that was acknowledged is lost
/// without being told.
final class HeadCheck {
    private static final Logger log = LoggerFactory.getLogger(HeadCheck.class);

    private final SqliteLocation location;
    private final Optional<HeadAnchor.Mark> mark;

    private HeadCheck(SqliteLocation location, Optional<HeadAnchor.Mark> mark) {
        this.location = location;
        this.mark = mark;
    }

    static HeadCheck read(SqliteLocation location) {
        try {
            return new HeadCheck(location, HeadAnchor.read(location.head()));
        } catch (IOException e) {
            throw corrupt(
                    location,
                    "its head anchor cannot be read (%s), so it is not known whether the log is complete"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /// @throws StoreException `CORRUPT` if the anchor is ahead of the log, or holds another digest
    void verify(Session session) throws SQLException {
        if (mark.isEmpty()) {
            return;
        }
        HeadAnchor.Mark anchor = mark.get();
        String id = StoreTable.id(session);
        if (!id.equals(anchor.storeId())) {
            log.warn("Head anchor is of another store and says nothing store={} anchor={}", id, anchor.storeId());
            return;
        }
        long last = FrameTable.lastPosition(session);
        if (last < anchor.position()) {
            throw corrupt(
                    location,
                    "the log has lost its end: positions %d to %d were written and are missing"
                            .formatted(last + 1, anchor.position()),
                    null);
        }
        byte[] digest = FrameTable.digest(session, anchor.position()).orElse(new byte[0]);
        if (!Arrays.equals(digest, anchor.digest())) {
            throw corrupt(
                    location,
                    "the log holds another frame at position %d than was written".formatted(anchor.position()),
                    null);
        }
    }

    /// Of a database that is empty: whether there was a log.
    void verifyEmpty() {
        if (mark.isPresent()) {
            throw corrupt(
                    location,
                    "the database is empty, but positions 1 to %d were written"
                            .formatted(mark.get().position()),
                    null);
        }
    }

    private static StoreException corrupt(SqliteLocation location, String what, @Nullable IOException cause) {
        return location.problem(
                Kind.CORRUPT,
                ("%s. Restore %s with its -wal and .head files from a backup; or, to go on with what is there, delete"
                                + " %s")
                        .formatted(what, location.database(), location.head()),
                cause);
    }
}
