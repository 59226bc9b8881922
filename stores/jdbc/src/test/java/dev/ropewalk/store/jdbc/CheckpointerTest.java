package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckpointerTest {
    private static final long ROOM_BYTES = 4 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Path wal;
    private SqliteStore store;
    private SampleLog log;
    private SampleExecution execution;

    @BeforeEach
    void open() {
        wal = directory.resolve("work.db-wal");
        store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")));
        log = new SampleLog(store);
        execution = log.execution();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_log_has_room_from_the_start() throws IOException {
        assertThat(Files.size(wal)).isEqualTo(ROOM_BYTES);
        log.append(1, execution);
        assertThat(Files.size(wal)).isEqualTo(ROOM_BYTES);
    }

    @Test
    void the_log_is_used_again_and_again_while_appends_go_on() throws IOException {
        // About 60 pages each, 30,000 pages in all: thirty times the room.
        for (int i = 0; i < 500; i++) {
            log.append(60, execution);
        }

        assertThat(Files.size(wal)).isLessThan(4 * ROOM_BYTES);
        assertThat(store.frames(execution.number(), 1, 1000)).hasSize(500);
    }

    @Test
    void pages_move_when_it_is_quiet() throws Exception {
        log.append(60, execution);
        store.idle();

        await().until(() -> pagesInLog() == 0);
        store.idle();
        log.append(1, execution);
        assertThat(pagesInLog()).isPositive();
    }

    @Test
    void a_reader_that_lingers_holds_up_nobody() throws Exception {
        log.append(1, execution);
        try (StoreReader reader = SqliteReader.open(store.location)) {
            AtomicBoolean looked = new AtomicBoolean();
            Thread lingering = Thread.ofPlatform()
                    .start(() -> ((SqliteReader) reader).read(session -> {
                        session.once("BEGIN");
                        session.number("SELECT count(*) FROM frame");
                        looked.set(true);
                        await().until(() -> !looked.get());
                        session.rollback();
                        return 0;
                    }));
            await().untilTrue(looked);
            for (int i = 0; i < 50; i++) {
                log.append(60, execution);
            }
            store.idle();
            assertThat(reader.lastPosition()).isEqualTo(51);
            looked.set(false);
            lingering.join();
        }
        log.append(1, execution);
        store.idle();
        await().until(() -> pagesInLog() == 0);
    }

    @Test
    void a_full_disk_postpones_and_a_failed_sync_ends_it() throws Exception {
        log.append(60, execution);
        Deque<SQLiteErrorCode> faults =
                new ArrayDeque<>(List.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_FSYNC));
        Queue<StoreException> failures = new ConcurrentLinkedQueue<>();
        Checkpointer.Connector connector = () -> {
            SQLiteErrorCode fault = faults.pop();
            throw new SQLException(fault.message, "", fault.code);
        };
        try (Checkpointer checkpointer =
                new Checkpointer(new SqliteErrors(store.location), connector, new WriteTurn(), failures::add)) {
            checkpointer.wrote(10);
            checkpointer.idle();
            await().until(() -> !failures.isEmpty());
            checkpointer.stop();
        }

        assertThat(faults).isEmpty();
        assertThat(failures).extracting(StoreException::kind).containsExactly(Kind.FAILED);
    }

    /// Asks without moving any.
    private long pagesInLog() throws Exception {
        try (Session session = new Connections(store.location).stranger()) {
            return session.first("PRAGMA wal_checkpoint(NOOP)", row -> row.getLong(2) - row.getLong(3))
                    .orElseThrow();
        }
    }
}
