package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Store;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Security statements S26 and S45: nobody but the owner reads a store.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrivacyTest {
    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    @Test
    void every_file_of_a_store_is_private() throws IOException {
        try (Store store = provider.open(url())) {
            SampleLog log = new SampleLog(store);
            BlobRef blob = store.writeBlob("run-1", "text/plain", out -> out.write('x'));
            store.append(log.batch(1, List.of(log.execution()), List.of(blob)));

            assertPrivate("work.db", "work.db-wal", "work.db-shm", "work.db.head", "work.db.lock", "work.db.blobs");
        }
    }

    @Test
    void a_store_that_others_could_read_is_made_private() throws IOException {
        Path database = Files.createFile(directory.resolve("work.db"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw-r--"));
        try (Store store = provider.open(url())) {
            assertThat(store.epoch()).isEqualTo(1);
            assertPrivate("work.db", "work.db-wal", "work.db-shm", "work.db.head", "work.db.lock");
        }
    }

    private void assertPrivate(String... names) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> files = paths.filter(path -> !path.equals(directory)).toList();
            assertThat(files.stream().filter(path -> path.getParent().equals(directory)))
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder(names);
            for (Path file : files) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    private String url() {
        return "sqlite:" + directory.resolve("work.db");
    }
}
