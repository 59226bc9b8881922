package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.Proves;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults F5 and F6: what a crash, a power cut or rot leaves of the files of a store is either a log
/// without gaps, or reported; never a wrong value.
@Proves({"G1", "G12"})
@DisplayNameGeneration(ReplaceUnderscores.class)
class PowerCutTest {
    private static final int FRAMES = 40;
    private static final int EVENTS = 5;
    private static final int WAL_HEADER_BYTES = 32;
    private static final int WAL_FRAME_BYTES = 24 + 4096;

    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    private Path crashed;
    private byte[] wal;
    private byte[] database;
    private int writtenBytes;

    /// What a process left that ended without closing its store: everything is still in the WAL.
    @BeforeEach
    void a_crash() throws Exception {
        crashed = Files.createDirectory(directory.resolve("crashed")).resolve("work.db");
        List<String> said = StoreProcess.run(List.of(), crashed, "append", String.valueOf(FRAMES));
        assertThat(StoreProcess.acked(said)).isEqualTo(FRAMES);
        wal = Files.readAllBytes(Path.of(crashed + "-wal"));
        database = Files.readAllBytes(crashed);
        writtenBytes = wal.length;
        while (wal[writtenBytes - 1] == 0) {
            writtenBytes--;
        }
    }

    @Test
    void all_that_was_acknowledged_survives_a_crash() throws IOException {
        try (Store store = provider.open("sqlite:" + crashed)) {
            assertSound(store, FRAMES);
            assertThat(store.lastPosition()).isEqualTo(FRAMES);
        }
    }

    @Test
    void a_log_that_is_cut_is_reported() throws IOException {
        cuts(60, true);
    }

    @Test
    void a_log_that_is_cut_while_the_anchor_is_behind_has_no_gaps() throws IOException {
        cuts(60, false);
    }

    @Test
    @Tag("deep")
    void a_log_that_is_cut_anywhere_is_reported_or_has_no_gaps() throws IOException {
        cuts(2000, true);
        cuts(2000, false);
    }

    @Test
    void a_flipped_bit_is_reported_or_changes_nothing() throws IOException {
        flips(100);
    }

    @Test
    @Tag("deep")
    void flipped_bits_are_reported_or_change_nothing() throws IOException {
        flips(5000);
    }

    /// Around the ends of the WAL's frames, and at sectors.
    private void cuts(int atMost, boolean anchor) throws IOException {
        Set<Integer> all = new TreeSet<>();
        for (int at = WAL_HEADER_BYTES; at <= writtenBytes; at += WAL_FRAME_BYTES) {
            all.addAll(List.of(at - 1, at, at + 1));
        }
        for (int at = 0; at <= writtenBytes; at += 512) {
            all.add(at);
        }
        List<Integer> cuts = List.copyOf(all);
        int step = Math.max(1, cuts.size() / atMost);
        long most = -1;
        for (int i = 0; i < cuts.size(); i += step) {
            long positions = cut(cuts.get(i), anchor);
            assertThat(positions).as("cut at %d", cuts.get(i)).isGreaterThanOrEqualTo(most);
            most = positions;
        }
        assertThat(most).isLessThanOrEqualTo(FRAMES);
    }

    /// @return how many frames are left; -1 if the loss was reported
    private long cut(int at, boolean anchor) throws IOException {
        Path copy = copy(anchor);
        try (FileChannel channel = FileChannel.open(Path.of(copy + "-wal"), StandardOpenOption.WRITE)) {
            channel.truncate(at);
        }
        try (StoreReader reader = provider.openReader("sqlite:" + copy)) {
            assertSound(reader, FRAMES);
            assertThat(anchor).as("cut at %d was not noticed", at).isFalse();
            return reader.lastPosition();
        } catch (StoreException e) {
            // Cut before the store was made, there is none; cut after, the anchor knows.
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(anchor ? Kind.CORRUPT : Kind.NOT_FOUND);
            return -1;
        }
    }

    private void flips(int count) throws IOException {
        Random random = new Random(20261120);
        int reported = 0;
        for (int i = 0; i < count; i++) {
            Path copy = copy(true);
            boolean inWal = random.nextInt(4) > 0;
            byte[] bytes = inWal ? wal : database;
            int at = random.nextInt(inWal ? writtenBytes : database.length);
            flip(Path.of(inWal ? copy + "-wal" : copy.toString()), at, bytes[at] ^ 1 << random.nextInt(8));
            try (StoreReader reader = provider.openReader("sqlite:" + copy)) {
                assertSound(reader, FRAMES);
                assertThat(reader.lastPosition()).as("flip %d at %d", i, at).isEqualTo(FRAMES);
            } catch (StoreException e) {
                assertThat(e.kind()).as(e.getMessage()).isIn(Kind.CORRUPT, Kind.UNUSABLE);
                reported++;
            }
        }
        assertThat(reported).isPositive();
    }

    private static void flip(Path file, int at, int octet) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) octet}), at);
        }
    }

    /// Every frame is one that was written, in order, and the row agrees with the last.
    private static void assertSound(StoreReader reader, int most) {
        List<Frame> frames = reader.framesAfter(0, Integer.MAX_VALUE);
        assertThat(frames).hasSizeLessThanOrEqualTo(most);
        if (FrameChain.verify(frames).isPresent()) {
            throw FrameChain.verify(frames).get().asException();
        }
        List<ExecutionRow> rows = reader.unfinished();
        if (!frames.isEmpty()) {
            assertThat(rows).extracting(ExecutionRow::headSeq).containsExactly((long) frames.size() * EVENTS);
            assertThat(rows.getFirst().id()).isEqualTo("run-1");
        }
    }

    private Path copy(boolean anchor) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("copy")).resolve("work.db");
        Files.deleteIfExists(Path.of(copy + "-shm"));
        Files.deleteIfExists(Path.of(copy + ".head"));
        Files.write(copy, database);
        Files.write(Path.of(copy + "-wal"), wal);
        if (anchor) {
            Files.copy(Path.of(crashed + ".head"), Path.of(copy + ".head"), StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }
}
