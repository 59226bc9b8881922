package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One owner at a time, across processes. Fault F10.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnerLockTest {
    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    @Test
    void the_process_that_owns_the_store_is_named_until_it_ends() throws Exception {
        Path database = directory.resolve("work.db");
        String url = "sqlite:" + database;
        Process owner = StoreProcess.start(List.of(), database, "hold");
        try (BufferedReader said = StoreProcess.reader(owner)) {
            assertThat(said.readLine()).isEqualTo("open");

            assertThatThrownBy(() -> provider.open(url))
                    .satisfies(kind(Kind.LOCKED))
                    .hasMessageContaining("pid " + owner.pid())
                    .hasMessageContaining("--store");
            assertThat(OwnerLock.isHeld(SqliteLocation.parse(url))).isTrue();
            try (StoreReader reader = provider.openReader(url)) {
                assertThat(reader.lastPosition()).isZero();
            }
        } finally {
            owner.destroyForcibly().waitFor();
        }

        assertThat(OwnerLock.isHeld(SqliteLocation.parse(url))).isFalse();
        try (Store store = provider.open(url)) {
            assertThat(store.epoch()).isEqualTo(2);
        }
    }

    /// A POSIX lock ends when its process closes any descriptor of the file.
    @Test
    void who_tries_in_vain_does_not_release_the_lock_of_the_owner() throws Exception {
        Path database = directory.resolve("work.db");
        String url = "sqlite:" + database;
        try (Store store = provider.open(url)) {
            assertThatThrownBy(() -> provider.open(url)).satisfies(kind(Kind.LOCKED));
            assertThat(OwnerLock.isHeld(SqliteLocation.parse(url))).isTrue();
            SampleLog log = new SampleLog(store);
            log.append(1, log.execution());

            assertThat(StoreProcess.run(List.of(), database, "hold"))
                    .singleElement()
                    .asString()
                    .startsWith("LOCKED")
                    .contains("pid " + ProcessHandle.current().pid());
            assertThat(StoreProcess.run(List.of(), database, "look")).containsExactly("position 1");
        }
    }

    @Test
    void a_lock_file_without_a_holder_says_nothing() throws Exception {
        Path database = directory.resolve("work.db");
        Files.writeString(directory.resolve("work.db.lock"), "1\n");

        assertThat(OwnerLock.isHeld(SqliteLocation.parse("sqlite:" + database))).isFalse();
        assertThat(OwnerLock.isHeld(SqliteLocation.parse("sqlite:" + directory.resolve("other.db"))))
                .isFalse();
        provider.open("sqlite:" + database).close();
        assertThat(directory.resolve("work.db.lock"))
                .hasContent(String.valueOf(ProcessHandle.current().pid()));
    }
}
