package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteLocationTest {
    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    /// Security statement S18: no part of a path is taken for a parameter of the driver.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.db",
                "what?.db",
                "a?mode=memory&cache=shared",
                "100%25.db",
                "#1;'\".db",
                "größe-日本.db",
                "file:x.db",
                "no-suffix"
            })
    void a_path_is_taken_as_it_is_written(String name) {
        String url = "sqlite:" + directory + "/" + name;
        try (Store store = provider.open(url);
                StoreReader reader = provider.openReader(url)) {
            SampleLog log = new SampleLog(store);
            log.append(1, log.execution());

            assertThat(reader.lastPosition()).isEqualTo(1);
            assertThat(directory.resolve(name)).isRegularFile();
            assertThat(directory.resolve(name + "-wal")).isRegularFile();
        }
    }

    @Test
    void a_relative_path_begins_in_the_working_directory() {
        assertThat(SqliteLocation.parse("sqlite:.ropewalk/../x.db").database())
                .isEqualTo(Path.of("x.db").toAbsolutePath());
        assertThat(provider.scheme()).isEqualTo("sqlite");
    }

    @Test
    void missing_directories_are_made_for_the_owner_alone() throws IOException {
        Path deep = directory.resolve("one/two/work.db");
        provider.open("sqlite:" + deep).close();

        for (Path made : List.of(directory.resolve("one"), directory.resolve("one/two"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_link_leads_to_the_store_and_its_lock() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("work.db"));
        try (Store store = provider.open("sqlite:" + directory.resolve("work.db"))) {
            assertThat(store.epoch()).isEqualTo(1);
            assertThatThrownBy(() -> provider.open("sqlite:" + link)).satisfies(kind(Kind.LOCKED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:", "sqlite:  ", "sqlite::memory:", "postgresql://host/db"})
    void a_url_names_a_file(String url) {
        assertThatThrownBy(() -> provider.open(url))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining(url)
                .hasMessageContaining("sqlite:.ropewalk/ropewalk.db");
    }

    @Test
    void a_tilde_is_not_a_name() {
        assertThatThrownBy(() -> provider.open("sqlite:~/work.db"))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("home");
    }

    @Test
    void a_directory_is_no_store() {
        assertThatThrownBy(() -> provider.open("sqlite:" + directory))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> provider.open("sqlite:/")).satisfies(kind(Kind.UNUSABLE));
    }

    @Test
    void a_name_that_no_file_has_is_refused() {
        assertThatThrownBy(() -> provider.open("sqlite:a\0b")).satisfies(kind(Kind.UNUSABLE));
    }

    @Test
    void where_nothing_can_be_made_is_said() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> provider.open("sqlite:" + file + "/work.db"))
                .satisfies(kind(Kind.UNUSABLE))
                .hasMessageContaining("check that its directory can be written");
        assertThatThrownBy(() -> provider.open("sqlite:/proc/ropewalk/work.db")).satisfies(kind(Kind.UNUSABLE));
        assertThatThrownBy(() -> provider.openReader("sqlite:" + file + "/work.db"))
                .satisfies(kind(Kind.NOT_FOUND));
    }
}
