package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.Proves;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contract G12, invariant I20: a log that lost its end is told from one that never had it.
@Proves("G12")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeadAnchorTest {
    private static final int SLOT_BYTES = 4096;

    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    private Path head;

    @BeforeEach
    void three_frames() throws IOException {
        head = directory.resolve("work.db.head");
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            SampleExecution execution = log.execution();
            log.append(1, execution);
            log.append(1, execution);
            log.append(1, execution);
            assertThat(HeadAnchor.read(head).orElseThrow().position()).isEqualTo(3);
        }
    }

    @Test
    void a_log_that_lost_its_end_is_reported() throws Exception {
        sql("DELETE FROM frame WHERE position > 1");

        assertReported("positions 2 to 3 were written and are missing");
    }

    @Test
    void a_log_that_ends_otherwise_is_reported() throws Exception {
        sql("UPDATE frame SET digest = zeroblob(32) WHERE position = 3");

        assertReported("another frame at position 3");
    }

    @Test
    void a_database_that_is_gone_is_reported() throws IOException {
        Files.delete(directory.resolve("work.db"));

        assertThatThrownBy(() -> provider.open(url()))
                .satisfies(kind(Kind.CORRUPT))
                .hasMessageContaining("positions 1 to 3 were written")
                .hasMessageContaining("delete " + head);
    }

    @Test
    void an_anchor_behind_the_log_says_nothing() throws IOException {
        byte[] bytes = Files.readAllBytes(head);
        bytes[SLOT_BYTES + 40] ^= 1;
        Files.write(head, bytes);
        assertThat(HeadAnchor.read(head).orElseThrow().position()).isEqualTo(2);

        assertOpens();
    }

    @Test
    void a_torn_anchor_leaves_the_mark_before() throws IOException {
        byte[] bytes = Files.readAllBytes(head);
        Files.write(head, Arrays.copyOf(bytes, bytes.length - 10));
        assertThat(HeadAnchor.read(head).orElseThrow().position()).isEqualTo(2);

        assertOpens();
    }

    @Test
    void an_anchor_that_cannot_be_trusted_is_reported() throws IOException {
        Files.write(head, new byte[2 * SLOT_BYTES]);

        assertReported("is damaged");
    }

    @Test
    void a_store_without_an_anchor_gets_one() throws IOException {
        Files.delete(head);

        assertOpens();
        assertThat(HeadAnchor.read(head).orElseThrow().position()).isEqualTo(4);
    }

    @Test
    void the_anchor_of_another_store_says_nothing() throws IOException {
        String other = "sqlite:" + directory.resolve("other.db");
        provider.open(other).close();
        Files.move(head, directory.resolve("other.db.head"), StandardCopyOption.REPLACE_EXISTING);

        try (Store store = provider.open(other)) {
            assertThat(store.lastPosition()).isZero();
        }
    }

    @Test
    void an_anchor_that_cannot_be_written_does_not_stop_the_store() throws IOException {
        try (SqliteStore store = SqliteStore.open(SqliteLocation.parse(url()))) {
            SampleLog log = new SampleLog(store);
            store.database().anchor().close();
            log.append(1, log.execution());
            log.append(1, log.execution());

            assertThat(store.lastPosition()).isEqualTo(5);
        }
        assertThat(HeadAnchor.read(head).orElseThrow().position()).isEqualTo(3);
    }

    private void assertOpens() {
        try (StoreReader reader = provider.openReader(url())) {
            assertThat(reader.lastPosition()).isEqualTo(3);
        }
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            log.append(1, log.execution());
            assertThat(store.lastPosition()).isEqualTo(4);
        }
    }

    private void assertReported(String what) {
        assertThatThrownBy(() -> provider.open(url()))
                .satisfies(kind(Kind.CORRUPT))
                .hasMessageContaining(what)
                .hasMessageContaining("backup");
        assertThatThrownBy(() -> provider.openReader(url()))
                .satisfies(kind(Kind.CORRUPT))
                .hasMessageContaining(what);
    }

    private void sql(String statement) throws Exception {
        try (Session session = new Connections(SqliteLocation.parse(url())).stranger()) {
            session.once(statement);
        }
    }

    private String url() {
        return "sqlite:" + directory.resolve("work.db");
    }
}
