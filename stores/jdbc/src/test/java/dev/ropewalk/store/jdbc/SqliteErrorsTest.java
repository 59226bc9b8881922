package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteErrorsTest {
    private final SqliteErrors errors = new SqliteErrors(SqliteLocation.parse("sqlite:/tmp/work.db"));

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, FULL",
        "SQLITE_IOERR_FSYNC, FAILED",
        "SQLITE_IOERR_WRITE, FAILED",
        "SQLITE_IOERR_SHMSIZE, FAILED",
        "SQLITE_BUSY, FAILED",
        "SQLITE_NOMEM, FAILED",
        "SQLITE_READONLY_DBMOVED, FAILED",
        "SQLITE_CONSTRAINT_UNIQUE, CONFLICT",
        "SQLITE_CORRUPT_VTAB, CORRUPT",
        "SQLITE_NOTADB, CORRUPT"
    })
    void an_error_while_writing_says_whether_to_try_again(SQLiteErrorCode code, Kind expected) {
        assertThat(errors.writing(error(code))).satisfies(kind(expected)).hasMessageContaining("sqlite:/tmp/work.db");
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CANTOPEN, UNUSABLE",
        "SQLITE_READONLY_DIRECTORY, UNUSABLE",
        "SQLITE_PERM, UNUSABLE",
        "SQLITE_NOTADB, UNUSABLE",
        "SQLITE_CORRUPT, CORRUPT",
        "SQLITE_IOERR_READ, FAILED"
    })
    void an_error_while_opening_says_what_is_wrong_with_the_place(SQLiteErrorCode code, Kind expected) {
        assertThat(errors.opening(error(code))).satisfies(kind(expected));
    }

    @Test
    void a_full_disk_is_told_by_what_the_system_says_or_has_left() throws IOException {
        IOException noSpace = new IOException("No space left on device");
        assertThatThrownBy(() -> errors.unlessFull(noSpace, Path.of("/tmp"))).satisfies(kind(Kind.FULL));
        IOException quota = new IOException("Disk quota exceeded");
        assertThatThrownBy(() -> errors.unlessFull(quota, Path.of("/tmp"))).satisfies(kind(Kind.FULL));
        IOException none = new IOException("x");
        assertThatThrownBy(() -> errors.unlessFull(none, Path.of("/proc"))).satisfies(kind(Kind.FULL));
        assertThat(errors.unlessFull(none, Path.of("/missing/place"))).isSameAs(none);
    }

    private static SQLException error(SQLiteErrorCode code) {
        return new SQLException(code.message, "", code.code);
    }
}
