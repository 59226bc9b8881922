package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ropewalk.store.Store;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fault F10: a place where nothing can be written. Skipped where a directory cannot be mounted
/// read-only, which takes root.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadOnlyPlaceTest {

    @TempDir
    private Path directory;

    @Test
    void a_store_can_be_read_but_not_owned() throws Exception {
        List<String> readOnly = readOnly();
        Path database = directory.resolve("work.db");
        try (Store store = new SqliteStoreProvider().open("sqlite:" + database)) {
            SampleLog log = new SampleLog(store);
            log.append(1, log.execution());
        }

        assertThat(StoreProcess.run(readOnly, database, "look")).containsExactly("position 1");
        assertThat(StoreProcess.run(readOnly, database, "append", "1"))
                .singleElement()
                .asString()
                .startsWith("UNUSABLE")
                .contains("check");
        assertThat(StoreProcess.run(readOnly, directory.resolve("new/work.db"), "append", "1"))
                .singleElement()
                .asString()
                .startsWith("UNUSABLE");
        assertThat(StoreProcess.run(readOnly, directory.resolve("new/work.db"), "look"))
                .singleElement()
                .asString()
                .startsWith("NOT_FOUND");
    }

    @Test
    void a_log_that_nobody_has_read_in_again_is_not_passed_over() throws Exception {
        List<String> readOnly = readOnly();
        Path database = directory.resolve("work.db");
        StoreProcess.run(List.of(), database, "append", "3");
        Files.delete(Path.of(database + "-shm"));

        assertThat(StoreProcess.run(readOnly, database, "look"))
                .singleElement()
                .asString()
                .startsWith("UNUSABLE");
    }

    /// What comes before a command that is to see the directory read-only.
    private List<String> readOnly() throws IOException, InterruptedException {
        List<String> prefix = new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"",
                directory.toString()));
        boolean works;
        try {
            List<String> probe = new ArrayList<>(prefix);
            probe.add("true");
            works = new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            works = false;
        }
        assumeTrue(works, "nothing can be mounted here");
        return prefix;
    }
}
