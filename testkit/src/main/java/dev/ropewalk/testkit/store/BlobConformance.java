package dev.ropewalk.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Values out of line.
interface BlobConformance extends StoreUnderTest {

    int BIG_BYTES = 3_000_000;

    @Test
    default void a_blob_is_read_as_it_was_written() throws IOException {
        byte[] bytes = new byte[BIG_BYTES];
        new Random(7).nextBytes(bytes);

        BlobRef ref = store().writeBlob("run-1", "application/json", out -> out.write(bytes));
        BlobRef empty = store().writeBlob("run-1", "text/plain", out -> {});
        log().append(1, log().execution());
        store().append(log().batch(1, List.of(log().execution()), List.of(ref, empty)));

        assertThat(ref.size()).isEqualTo(BIG_BYTES);
        assertThat(ref.sha256()).isEqualTo(SampleExecution.sha256(bytes));
        assertThat(ref.origin()).isEqualTo("run-1");
        assertThat(ref.contentType()).isEqualTo("application/json");
        assertThat(ref.id()).matches("[A-Za-z0-9]+").isNotEqualTo(empty.id());
        try (InputStream in = store().blob(ref);
                InputStream nothing = store().blob(empty)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(nothing.read()).isEqualTo(-1);
        }
        store().append(log().batch(1, List.of(log().execution()), List.of(ref)));
    }

    @Test
    default void what_is_not_the_blob_that_was_written_is_not_handed_out() throws IOException {
        BlobRef ref = store().writeBlob("run-1", "text/plain", out -> out.write(new byte[100]));
        BlobRef longer = new BlobRef("run-1", ref.id(), 101, ref.sha256(), "text/plain", BlobRef.IDENTITY);
        BlobRef other = new BlobRef("run-1", ref.id(), 100, new byte[32], "text/plain", BlobRef.IDENTITY);
        BlobRef missing = new BlobRef("run-1", "missing", 100, ref.sha256(), "text/plain", BlobRef.IDENTITY);
        BlobRef path = new BlobRef("run-1", "../secret", 100, ref.sha256(), "text/plain", BlobRef.IDENTITY);

        for (BlobRef bad : List.of(longer, other, missing, path)) {
            assertThatThrownBy(() -> {
                        try (InputStream in = store().blob(bad)) {
                            in.readNBytes(100);
                        }
                    })
                    .satisfies(kind(Kind.CORRUPT));
        }
    }

    @Test
    default void a_source_that_fails_leaves_the_store_as_it_was() {
        assertThatThrownBy(() -> store().writeBlob("run-1", "text/plain", _ -> {
                    throw new IOException("the tool hung up");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the tool hung up");
        log().append(1, log().execution());
    }

    @Test
    default void an_interrupted_thread_writes_and_reads_all_the_same() throws IOException {
        Thread.currentThread().interrupt();
        try {
            BlobRef ref = store().writeBlob("run-1", "text/plain", out -> out.write('x'));
            store().append(log().batch(1, List.of(log().execution()), List.of(ref)));
            store().addMessages(List.of(SampleRows.message(log().execution(), Optional.empty(), "hello")));
            assertThat(store().lastPosition()).isEqualTo(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
