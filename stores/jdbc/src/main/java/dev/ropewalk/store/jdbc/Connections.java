package dev.ropewalk.store.jdbc;

import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/// Connects to the database of a store. What a statement here says is explained in
/// `docs/decisions/0005-sqlite-store.md`.
final class Connections {
    private static final int BUSY_MILLIS = 10_000;

    /// Bounds the WAL file after a burst; see [Checkpointer] for what it holds at most in between.
    private static final int WAL_FILE_LIMIT_BYTES = 64 * 1024 * 1024;

    private final SqliteLocation location;

    Connections(SqliteLocation location) {
        this.location = location;
    }

    /// A connection that may write but has not made sure yet that this is a store.
    Session stranger() throws SQLException {
        return connect(new SQLiteConfig(), location.jdbcUrl());
    }

    /// Makes a writer of a [#stranger]: every commit is on the disk when it returns, and nobody but
    /// [Checkpointer] moves pages out of the WAL.
    ///
    /// @return whether the file system has what a WAL needs
    static boolean prepareToWrite(Session session) throws SQLException {
        boolean wal = session.first("PRAGMA journal_mode = WAL", row -> row.getString(1))
                .orElse("")
                .equals("wal");
        session.once("PRAGMA synchronous = FULL");
        session.once("PRAGMA fullfsync = ON");
        session.once("PRAGMA checkpoint_fullfsync = ON");
        session.once("PRAGMA wal_autocheckpoint = 0");
        session.once("PRAGMA journal_size_limit = " + WAL_FILE_LIMIT_BYTES);
        session.once("PRAGMA cache_size = -8000");
        return wal;
    }

    Session writer() throws SQLException {
        Session session = stranger();
        prepareToWrite(session);
        return session;
    }

    Session reader() throws SQLException {
        return readOnly("");
    }

    /// For a store in a place where nothing can be written, and which nobody owns: SQLite then needs no
    /// files of its own beside it.
    Session readerOfWhatStaysAsItIs() throws SQLException {
        return readOnly("?immutable=1");
    }

    private Session readOnly(String parameters) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return connect(config, location.jdbcUrl() + parameters);
    }

    private static Session connect(SQLiteConfig config, String url) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false); // else each insert is followed by a query
        Session session = new Session((SQLiteConnection) config.createConnection(url));
        session.once("PRAGMA foreign_keys = ON");
        session.once("PRAGMA trusted_schema = OFF");
        session.once("PRAGMA cell_size_check = ON");
        session.once("PRAGMA temp_store = MEMORY");
        return session;
    }
}
