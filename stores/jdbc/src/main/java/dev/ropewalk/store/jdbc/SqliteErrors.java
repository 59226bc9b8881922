package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/// What an error of SQLite or of the file system means to whoever uses the store.
final class SqliteErrors {
    /// Below this, an error without a cause of its own is taken for a full disk.
    private static final long NO_SPACE_BYTES = 64 * 1024;

    private static final int PRIMARY_CODE = 0xff;
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int CONSTRAINT = 19;
    private static final int NOTADB = 26;
    private static final int IOERR_SHMSIZE = IOERR | 19 << 8;

    private final SqliteLocation location;

    SqliteErrors(SqliteLocation location) {
        this.location = location;
    }

    StoreException opening(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case NOTADB ->
                location.problem(
                        Kind.UNUSABLE,
                        location.database() + " is not an SQLite database; name another file, or move this one away",
                        e);
            case PERM, READONLY, CANTOPEN ->
                location.problem(
                        Kind.UNUSABLE,
                        "%s cannot be opened; check who owns it and its directory, and that neither is read-only (%s)"
                                .formatted(location.database(), e.getMessage()),
                        e);
            default -> other(e);
        };
    }

    StoreException reading(SQLException e) {
        return other(e);
    }

    /// @return of kind `FULL` only if nothing was written and nothing is wrong but space
    StoreException writing(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case CONSTRAINT -> location.problem(Kind.CONFLICT, "it contradicts what is stored: " + e.getMessage(), e);
            case READONLY ->
                location.problem(
                        Kind.FAILED,
                        "%s became read-only, or was moved away, while in use (%s)"
                                .formatted(location.database(), e.getMessage()),
                        e);
            default -> other(e);
        };
    }

    private StoreException other(SQLException e) {
        int code = e.getErrorCode();
        return switch (code & PRIMARY_CODE) {
            case FULL -> full(e);
            case IOERR -> code == IOERR_SHMSIZE && noSpace(location.database()) ? full(e) : failed(e);
            case CORRUPT, NOTADB ->
                location.problem(
                        Kind.CORRUPT,
                        "the database is damaged; restore it from a backup (%s)".formatted(e.getMessage()),
                        e);
            case BUSY ->
                location.problem(Kind.FAILED, "another program holds the database locked; end it and start again", e);
            default -> failed(e);
        };
    }

    StoreException full(Exception e) {
        return location.problem(
                Kind.FULL, "no space left; free some on the disk of " + location.database() + " and work goes on", e);
    }

    StoreException failed(Exception e) {
        return location.problem(
                Kind.FAILED,
                ("a write or sync failed, and what is on disk is not known (%s). Check the disk, then start again: the"
                                + " log is verified when it is opened")
                        .formatted(e.getMessage()),
                e);
    }

    /// The text of `e` is that of the operating system, in its language, so the free space is asked too.
    ///
    /// @return `e`, thrown when writing to `path`, if it is about something else
    /// @throws StoreException `FULL`
    IOException unlessFull(IOException e, Path path) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded") || noSpace(path)) {
            throw full(e);
        }
        return e;
    }

    private static boolean noSpace(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace() < NO_SPACE_BYTES;
        } catch (IOException _) {
            return false;
        }
    }
}
