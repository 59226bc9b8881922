package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.testkit.Proves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contract G12, fault F6: a value out of line is the one that was written, or damage is reported.
@Proves("G12")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BlobFilesTest {
    private static final byte[] VALUE = "the value of a task, out of line".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private Path files;
    private BlobFiles blobs;

    @BeforeEach
    void open() {
        SqliteLocation location = SqliteLocation.parse("sqlite:" + directory.resolve("work.db"));
        files = location.blobs();
        blobs = new BlobFiles(location);
    }

    @Test
    void every_flipped_bit_is_found_before_the_last_byte_is_handed_out() throws IOException {
        BlobRef ref = write();
        Path file = files.resolve(ref.id());
        for (int bit = 0; bit < VALUE.length * 8; bit++) {
            byte[] damaged = VALUE.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);

            assertThatThrownBy(() -> read(ref))
                    .as("bit %d", bit)
                    .satisfies(kind(Kind.CORRUPT))
                    .hasMessageContaining("not those that were written");
        }
    }

    @Test
    void reading_no_further_than_the_end_is_enough() throws IOException {
        BlobRef ref = write();
        byte[] damaged = VALUE.clone();
        damaged[0] ^= 1;
        Files.write(files.resolve(ref.id()), damaged);

        try (InputStream in = blobs.read(ref)) {
            assertThat(in.skip(5)).isEqualTo(5);
            assertThat(in.read()).isEqualTo(VALUE[5]);
            assertThatThrownBy(() -> in.readNBytes(VALUE.length - 6)).satisfies(kind(Kind.CORRUPT));
        }
    }

    @Test
    void a_file_that_is_cut_is_found() throws IOException {
        BlobRef ref = write();
        Path file = files.resolve(ref.id());
        try (InputStream in = blobs.read(ref)) {
            Files.write(file, "cut".getBytes(UTF_8));
            assertThatThrownBy(in::readAllBytes)
                    .satisfies(kind(Kind.CORRUPT))
                    .hasMessageContaining("missing at its end");
        }
        assertThatThrownBy(() -> read(ref))
                .satisfies(kind(Kind.CORRUPT))
                .hasMessageContaining("3 bytes instead of " + VALUE.length);
        Files.delete(file);
        assertThatThrownBy(() -> read(ref)).satisfies(kind(Kind.CORRUPT)).hasMessageContaining("missing");
        Files.createDirectory(file);
        BlobRef asDirectory = new BlobRef("run-1", ref.id(), Files.size(file), ref.sha256(), "", BlobRef.IDENTITY);
        assertThatThrownBy(() -> read(asDirectory)).isInstanceOfAny(IOException.class, StoreException.class);
    }

    @Test
    void a_value_may_be_written_byte_by_byte() throws IOException {
        BlobRef ref = blobs.write(1, "run-1", "text/plain", out -> {
            for (byte each : VALUE) {
                out.write(each);
            }
        });

        assertThat(read(ref)).isEqualTo(VALUE);
    }

    @Test
    void what_is_not_registered_is_swept_and_what_is_not_ours_stays() throws IOException {
        BlobRef kept = write();
        BlobRef forgotten = write();
        Path part = Files.createFile(files.resolve("e7n1.part"));
        Path foreign = Files.createFile(files.resolve("README"));

        blobs.sweep(Set.of(kept.id()));

        assertThat(files.resolve(kept.id())).exists();
        assertThat(foreign).exists();
        assertThat(files.resolve(forgotten.id())).doesNotExist();
        assertThat(part).doesNotExist();
    }

    @Test
    void a_source_that_fails_leaves_no_file() throws IOException {
        write();
        assertThatThrownBy(() -> blobs.write(1, "run-1", "text/plain", out -> {
                    out.write(VALUE);
                    throw new IOException("the tool hung up");
                }))
                .hasMessage("the tool hung up");

        assertThat(files).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void where_no_file_can_be_made_the_caller_is_told() throws IOException {
        Files.createFile(files);

        assertThatThrownBy(this::write).isInstanceOf(IOException.class);
    }

    @Test
    void a_value_whose_name_may_be_lost_stops_the_store() throws IOException {
        try (SqliteStore store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")))) {
            Files.createDirectories(files.resolve("e1n1/x"));

            assertThatThrownBy(() -> store.writeBlob("run-1", "text/plain", out -> out.write(VALUE)))
                    .satisfies(kind(Kind.FAILED));
            assertThatThrownBy(store::lastPosition)
                    .satisfies(kind(Kind.FAILED))
                    .hasMessageContaining("takes nothing more");
        }
    }

    private BlobRef write() throws IOException {
        return blobs.write(1, "run-1", "text/plain", out -> out.write(VALUE));
    }

    private byte[] read(BlobRef ref) throws IOException {
        try (InputStream in = blobs.read(ref)) {
            return in.readAllBytes();
        }
    }
}
