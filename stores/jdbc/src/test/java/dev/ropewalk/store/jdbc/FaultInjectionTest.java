package dev.ropewalk.store.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import dev.ropewalk.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults F7 and F8 from the operating system itself: strace makes system calls of a store in a process
/// of its own fail. Skipped where strace is not installed, or may not trace.
@Proves({"G1", "G2"})
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultInjectionTest {
    private static final int EVENTS = 5;

    /// As many writes it takes at most to open a store and to make room for its log.
    private static final int FIRST_APPEND = 75;

    @TempDir
    private Path directory;

    private Path database;

    @BeforeAll
    static void strace_is_there() throws InterruptedException {
        boolean works;
        try {
            works = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            works = false;
        }
        assumeTrue(works, "strace is not installed, or may not trace here");
    }

    /// Contract G1: a commit that is acknowledged was synced.
    @Test
    void every_append_is_synced_before_it_is_acknowledged() throws Exception {
        database = directory.resolve("work.db");
        Path trace = directory.resolve("trace");
        List<String> strace = List.of(
                "strace", "-f", "-qq", "-s", "200", "-e", "trace=fsync,fdatasync,write", "-o", trace.toString());
        List<String> said = StoreProcess.run(strace, database, "append", "20");
        assertThat(StoreProcess.acked(said)).isEqualTo(20);

        int syncs = 0;
        int acked = 0;
        boolean open = false;
        for (String line : Files.readAllLines(trace, ISO_8859_1)) {
            open |= line.contains("write(1, \"open");
            if (open && line.matches(".*\\bf(data)?sync\\(.*")) {
                syncs++;
            }
            if (line.contains("write(1, \"acked")) {
                assertThat(syncs).as("syncs before %s", line).isPositive();
                syncs = 0;
                acked++;
            }
        }
        assertThat(acked).isEqualTo(20);
    }

    @Test
    void after_a_failed_sync_nothing_is_acknowledged() throws Exception {
        failSyncs(1, 2, 3, 5, 9);
    }

    @Test
    @Tag("deep")
    void after_a_failed_sync_nothing_is_acknowledged_wherever_it_is() throws Exception {
        failSyncs(IntStream.rangeClosed(1, 50).toArray());
    }

    private void failSyncs(int... occasions) throws Exception {
        for (int when : occasions) {
            database = Files.createDirectory(directory.resolve("sync" + when)).resolve("work.db");
            prepare();
            List<String> said =
                    StoreProcess.run(inject("fsync,fdatasync:error=EIO:when=" + when), database, "append", "40");

            assertThat(said).as("sync %d", when).last().asString().startsWith("FAILED");
            assertThat(StoreProcess.acked(said)).isLessThan(40);
            assertAllAckedIsThere(StoreProcess.acked(said));
        }
    }

    @Test
    void a_full_disk_holds_up_appends_until_there_is_space() throws Exception {
        fillDisk(new int[] {2, 30, FIRST_APPEND, FIRST_APPEND + 31}, 40);
    }

    @Test
    @Tag("deep")
    void a_full_disk_holds_up_appends_wherever_it_is() throws Exception {
        fillDisk(IntStream.rangeClosed(1, FIRST_APPEND + 60).toArray(), 40);
    }

    private void fillDisk(int[] occasions, int count) throws Exception {
        for (int when : occasions) {
            database = Files.createDirectory(directory.resolve("full" + when)).resolve("work.db");
            prepare();
            List<String> said = StoreProcess.run(
                    inject("pwrite64:error=ENOSPC:when=%d..%d".formatted(when, when + 6)),
                    database,
                    "append",
                    String.valueOf(count));

            if (said.getLast().startsWith("FULL")) {
                assertThat(when).as("refused to open: %s", said).isLessThan(FIRST_APPEND);
                assertAllAckedIsThere(0);
            } else {
                assertThat(said).as("write %d", when).contains("full").last().isEqualTo("acked " + count);
                assertAllAckedIsThere(count);
            }
        }
    }

    @Test
    void a_blob_that_does_not_fit_is_told_and_leaves_nothing() throws Exception {
        database = directory.resolve("work.db");
        prepare();
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                database + ".blobs/e2n3.part",
                "-e",
                "inject=write:error=ENOSPC:when=1");
        List<String> said = StoreProcess.run(strace, database, "blobs", "5");

        assertThat(said).last().asString().startsWith("FULL");
        assertThat(StoreProcess.acked(said)).isEqualTo(2);
        assertThat(files(Path.of(database + ".blobs"))).containsExactlyInAnyOrder("e2n1", "e2n2");
        assertAllAckedIsThere(2);
    }

    @Test
    void a_blob_that_may_be_lost_stops_the_store() throws Exception {
        database = directory.resolve("work.db");
        prepare();
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                database + ".blobs/e2n3.part",
                "-e",
                "inject=fsync:error=EIO:when=1");
        List<String> said = StoreProcess.run(strace, database, "blobs", "5");

        assertThat(said).last().asString().startsWith("FAILED");
        assertAllAckedIsThere(2);
    }

    /// Made before, so that the faults hit appends and not the making of the store.
    private void prepare() {
        new SqliteStoreProvider().open("sqlite:" + database).close();
    }

    /// Only calls on the files that SQLite writes.
    private List<String> inject(String fault) {
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                database + "-wal",
                "-P",
                database.toString(),
                "-e",
                "inject=" + fault);
    }

    private void assertAllAckedIsThere(long acked) {
        try (Store store = new SqliteStoreProvider().open("sqlite:" + database)) {
            List<Frame> frames = store.framesAfter(0, Integer.MAX_VALUE);
            // One more may have reached the disk, but not the caller.
            assertThat(frames).hasSizeBetween((int) acked, (int) acked + 1);
            assertThat(FrameChain.verify(frames)).isEmpty();
            if (!frames.isEmpty()) {
                assertThat(store.unfinished())
                        .extracting(ExecutionRow::headSeq)
                        .containsExactly((long) frames.size() * EVENTS);
            }
        }
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
