package dev.ropewalk.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

/// The versions of the schema. The database carries the number of the last one it was brought to
/// (`user_version`) and a mark that it is ours (`application_id`).
final class Schema {
    /// Rwlk.
    private static final int APPLICATION_ID = 0x52776C6B;

    private static final List<String> MIGRATIONS =
            List.of("V1__what_is_remembered.sql", "V2__balances.sql", "V3__agents_of_tasks.sql");

    private final SqliteLocation location;
    private final Session session;

    Schema(SqliteLocation location, Session session) {
        this.location = location;
        this.session = session;
    }

    /// Whether there is nothing in the database yet.
    ///
    /// @throws dev.ropewalk.store.StoreException `UNUSABLE` if it is somebody else's, `TOO_NEW` if it was
    ///     written by a newer version
    boolean isEmpty() throws SQLException {
        long application = session.number("PRAGMA application_id");
        long version = version();
        boolean empty = application == 0 && version == 0 && session.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && application != APPLICATION_ID) {
            throw location.problem(
                    Kind.UNUSABLE,
                    location.database() + " is the SQLite database of another program; name another file");
        }
        if (version > MIGRATIONS.size()) {
            throw location.problem(
                    Kind.TOO_NEW,
                    ("a newer version of Ropewalk wrote it (schema %d, this version knows %d); use that version, or"
                                    + " another store with --store sqlite:OTHER.db")
                            .formatted(version, MIGRATIONS.size()));
        }
        return empty;
    }

    /// @throws dev.ropewalk.store.StoreException `UNUSABLE` if an owner must bring it up to date first
    void checkCurrent() throws SQLException {
        if (version() < MIGRATIONS.size()) {
            throw location.problem(
                    Kind.UNUSABLE,
                    ("an older version of Ropewalk wrote it (schema %d, this version reads %d); it is brought up to date"
                                    + " when an execution is run or resumed in it")
                            .formatted(version(), MIGRATIONS.size()));
        }
    }

    /// Brings the schema up to date, in the transaction that the caller has begun.
    void migrate() throws SQLException {
        for (long version = version(); version < MIGRATIONS.size(); version++) {
            for (String statement : script(MIGRATIONS.get((int) version)).split(";\n", -1)) {
                if (!statement.isBlank()) {
                    session.once(statement);
                }
            }
            session.once("PRAGMA user_version = " + (version + 1));
        }
        session.once("PRAGMA application_id = " + APPLICATION_ID);
    }

    private long version() throws SQLException {
        return session.number("PRAGMA user_version");
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the migration " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
