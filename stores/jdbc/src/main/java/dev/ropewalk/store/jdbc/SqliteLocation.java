package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a store is: its database, and the companions that carry its name.
///
/// @param url as the user wrote it, for messages
/// @param database absolute; links are followed, so that one store has one lock
record SqliteLocation(String url, Path database) {
    static final String SCHEME = "sqlite";
    private static final String EXAMPLE = "name a file, as in sqlite:.ropewalk/ropewalk.db";

    static SqliteLocation parse(String url) {
        String prefix = SCHEME + ":";
        String path = url.startsWith(prefix) ? url.substring(prefix.length()) : "";
        if (path.isBlank() || path.equals(":memory:")) {
            throw unusable(url, "this names no file; " + EXAMPLE + ", or use memory: for a store in memory", null);
        }
        if (path.equals("~") || path.startsWith("~/")) {
            throw unusable(url, "~ is not expanded here; write the path of your home directory", null);
        }
        try {
            Path database = Path.of(path).toAbsolutePath().normalize();
            if (database.getFileName() == null || Files.isDirectory(database)) {
                throw unusable(url, database + " is a directory; " + EXAMPLE, null);
            }
            return new SqliteLocation(url, Files.exists(database) ? database.toRealPath() : database);
        } catch (InvalidPathException | IOException e) {
            throw unusable(url, "the path cannot be used: " + e.getMessage(), e);
        }
    }

    Path directory() {
        return Objects.requireNonNull(database.getParent(), "an absolute path of a file has a parent");
    }

    Path lock() {
        return companion(".lock");
    }

    Path head() {
        return companion(".head");
    }

    Path blobs() {
        return companion(".blobs");
    }

    Path wal() {
        return companion("-wal");
    }

    /// The URL for the driver: an escaped URI, so that nothing in the path is taken for a parameter.
    String jdbcUrl() {
        return "jdbc:sqlite:file:" + database.toUri().getRawPath();
    }

    /// Tells what is wrong with this store.
    StoreException problem(Kind kind, String what, @Nullable Throwable cause) {
        return new StoreException(kind, "store %s: %s".formatted(url, what), cause);
    }

    StoreException problem(Kind kind, String what) {
        return problem(kind, what, null);
    }

    private Path companion(String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    private static StoreException unusable(String url, String what, @Nullable Throwable cause) {
        return new StoreException(Kind.UNUSABLE, "store %s: %s".formatted(url, what), cause);
    }
}
