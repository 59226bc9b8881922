package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreProvider;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may open a store, and what is no store. Fault F10.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpeningTest {
    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    @Test
    void the_provider_is_found_by_its_scheme() {
        assertThat(ServiceLoader.load(StoreProvider.class))
                .extracting(StoreProvider::scheme)
                .contains("sqlite", "memory");
    }

    @Test
    void a_schema_from_the_future_is_refused() throws Exception {
        provider.open(url()).close();
        sql("PRAGMA user_version = 99");

        assertThatThrownBy(() -> provider.open(url()))
                .satisfies(kind(Kind.TOO_NEW))
                .hasMessageContaining("schema 99")
                .hasMessageContaining("--store");
        assertThatThrownBy(() -> provider.openReader(url())).satisfies(kind(Kind.TOO_NEW));
    }

    @Test
    void a_reader_leaves_an_old_schema_to_an_owner() throws Exception {
        provider.open(url()).close();
        sql("PRAGMA user_version = 0");

        assertThatThrownBy(() -> provider.openReader(url()))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("older version");
    }

    @Test
    void the_database_of_another_program_is_left_alone() throws Exception {
        sql("CREATE TABLE song (title TEXT)");
        byte[] before = Files.readAllBytes(database());

        assertThatThrownBy(() -> provider.open(url()))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("another program");
        assertThatThrownBy(() -> provider.openReader(url())).satisfies(kind(Kind.UNUSABLE));
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
    }

    @Test
    void what_is_no_database_is_left_alone() throws IOException {
        Files.writeString(database(), "name: repository-report\n".repeat(500));

        assertThatThrownBy(() -> provider.open(url()))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("not an SQLite database");
        assertThatThrownBy(() -> provider.openReader(url())).satisfies(kind(Kind.UNUSABLE));
        assertThat(database()).content().startsWith("name: ");
    }

    @Test
    void an_empty_file_becomes_a_store_but_is_none_yet() throws IOException {
        Files.createFile(database());

        assertThatThrownBy(() -> provider.openReader(url()))
                .satisfies(kind(Kind.NOT_FOUND))
                .hasMessageContaining("run a plan first");
        provider.open(url()).close();
        try (StoreReader reader = provider.openReader(url())) {
            assertThat(reader.lastPosition()).isZero();
        }
    }

    @Test
    void damage_to_the_structure_is_reported() throws IOException {
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            SampleExecution execution = log.execution();
            for (int i = 0; i < 50; i++) {
                log.append(20, execution);
            }
        }
        byte[] bytes = Files.readAllBytes(database());
        for (int page = 1; page < bytes.length / 4096; page++) {
            bytes[page * 4096] = 99;
        }
        Files.write(database(), bytes);

        assertThatThrownBy(() -> provider.openReader(url()).unfinished()).satisfies(kind(Kind.CORRUPT));
        assertThatThrownBy(() -> provider.open(url())).satisfies(kind(Kind.CORRUPT));
    }

    @Test
    void after_a_refusal_the_store_is_not_locked() throws Exception {
        provider.open(url()).close();
        sql("PRAGMA user_version = 99");
        assertThatThrownBy(() -> provider.open(url())).satisfies(kind(Kind.TOO_NEW));
        sql("PRAGMA user_version = 3");

        provider.open(url()).close();
    }

    @Test
    void an_owner_brings_an_older_store_up_to_date() throws Exception {
        SampleExecution execution;
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            execution = log.execution();
            log.append(1, execution);
        }
        sql("ALTER TABLE task DROP COLUMN agent");
        sql("DROP TABLE balance");
        sql("PRAGMA user_version = 1");
        assertThatThrownBy(() -> provider.openReader(url()).unfinished()).hasMessageContaining("brought up to date");

        try (Store store = provider.open(url())) {
            assertThat(store.balances()).isEmpty();
            assertThat(store.frames(execution.number(), 1, 10)).hasSize(1);
        }
    }

    /// Invariant I9: a stale owner never changes state.
    @Test
    void an_owner_whom_another_has_replaced_writes_nothing_more() throws Exception {
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            SampleExecution execution = log.execution();
            log.append(1, execution);
            sql("UPDATE store SET epoch = epoch + 1");

            assertThatThrownBy(() -> log.append(1, execution))
                    .satisfies(kind(Kind.FENCED))
                    .hasMessageContaining("epoch 2");
            assertThatThrownBy(() -> store.append(new Batch(List.of(), List.of(), List.of(), List.of())))
                    .satisfies(kind(Kind.FAILED));
            assertThatThrownBy(store::lastPosition).satisfies(kind(Kind.FAILED));
        }
        try (Store store = provider.open(url())) {
            assertThat(store.lastPosition()).isEqualTo(1);
            assertThat(store.epoch()).isEqualTo(3);
        }
    }

    @Test
    void missing_frames_and_damaged_plans_are_not_handed_out() throws Exception {
        SampleExecution execution;
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            execution = log.execution();
            log.append(1, execution);
            log.append(1, execution);
            log.append(1, execution);
        }
        sql("DELETE FROM frame WHERE position = 2");
        sql("UPDATE plan SET bytes = x'00'");

        try (StoreReader reader = provider.openReader(url())) {
            assertThatThrownBy(() -> reader.framesAfter(0, 10))
                    .satisfies(kind(Kind.CORRUPT))
                    .hasMessageContaining("position 2");
            assertThatThrownBy(() -> reader.frames(execution.number(), 1, 10))
                    .satisfies(kind(Kind.CORRUPT))
                    .hasMessageContaining("event 2");
            assertThatThrownBy(() -> reader.plan(execution.planRow().digest()))
                    .satisfies(kind(Kind.CORRUPT))
                    .hasMessageContaining("plan");
        }
    }

    private void sql(String statement) throws Exception {
        try (Session session = new Connections(SqliteLocation.parse(url())).stranger()) {
            session.once(statement);
        }
    }

    private Path database() {
        return directory.resolve("work.db");
    }

    private String url() {
        return "sqlite:" + database();
    }
}
