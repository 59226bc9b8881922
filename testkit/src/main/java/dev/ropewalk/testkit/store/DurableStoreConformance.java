package dev.ropewalk.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.store.TaskQuery;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a [Store] must do that outlives its process.
public abstract class DurableStoreConformance extends StoreConformance {

    /// Opens the store of this test; makes it if it is not there.
    protected abstract Store open() throws Exception;

    /// Opens the store of this test for reading.
    protected abstract StoreReader openReader() throws Exception;

    /// Opens for reading where there is no store.
    protected abstract StoreReader openMissing() throws Exception;

    @Override
    protected final Store openEmpty() throws Exception {
        return open();
    }

    private void reopen() throws Exception {
        store().close();
        use(open());
    }

    @Test
    void all_is_there_when_it_is_opened_again() throws Exception {
        SampleExecution execution =
                log().execution().key("order 7").tags("nightly").status("RUNNING");
        log().append(3, execution);
        log().append(1, execution);
        store().project(SampleRows.tasks(execution, 3, "QUEUED"), 2);
        store().addMessages(List.of(SampleRows.message(execution, Optional.empty(), "hello")));
        store().register(SampleRows.workflow("report", "1", "text"));
        String id = store().id();

        reopen();

        assertThat(store().id()).isEqualTo(id);
        assertThat(store().unfinished()).hasSize(1);
        assertThat(store().executionByKey("", "order 7").orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(execution.row());
        assertThat(FrameChain.verify(
                        store().frames(execution.number(), 1, 10),
                        4,
                        execution.row().headDigest()))
                .isEmpty();
        assertThat(store().plan(execution.planRow().digest())).isPresent();
        assertThat(store().projectedPosition()).isEqualTo(2);
        assertThat(store().tasks(TaskQuery.all(execution.number()))).hasSize(3);
        assertThat(store().messages(execution.number(), Optional.empty(), 0, 10))
                .hasSize(1);
        assertThat(store().workflow("", "report", "1")).isPresent();
        assertThat(store().lastExecutionNumber()).isEqualTo(execution.number());
    }

    @Test
    void every_owner_has_a_higher_epoch_and_goes_on_where_the_log_ends() throws Exception {
        SampleExecution execution = log().execution();
        log().append(2, execution);
        long epoch = store().epoch();

        reopen();
        log().append(1, execution);
        store().addMessages(List.of(SampleRows.message(execution, Optional.empty(), "again")));

        assertThat(store().epoch()).isGreaterThan(epoch);
        assertThat(store().framesAfter(0, 10)).extracting(Frame::epoch).containsExactly(epoch, store().epoch());
        assertThat(FrameChain.verify(store().frames(execution.number(), 1, 10))).isEmpty();
    }

    @Test
    void messages_are_numbered_on() throws Exception {
        SampleExecution execution = log().execution();
        store().addMessages(List.of(SampleRows.message(execution, Optional.empty(), "before")));
        reopen();
        store().addMessages(List.of(SampleRows.message(execution, Optional.empty(), "after")));

        assertThat(store().messages(execution.number(), Optional.empty(), 0, 10))
                .extracting(MessageRow::text)
                .containsExactly("before", "after");
    }

    @Test
    void of_a_refused_batch_nothing_is_left() throws Exception {
        SampleExecution sound = log().execution().id("run").status("RUNNING");
        log().append(1, sound);
        SampleExecution other = log().execution().plan("never stored");
        SampleExecution twice = log().execution().id("run");
        sound.status("COMPLETED");
        assertThatThrownBy(() -> log().append(1, sound, other, twice)).satisfies(kind(Kind.CONFLICT));

        reopen();

        assertThat(store().lastPosition()).isEqualTo(1);
        assertThat(store().countByStatus("")).containsOnlyKeys("RUNNING");
        assertThat(store().plan(other.planRow().digest())).isEmpty();
        assertThat(store().frames(sound.number(), 1, 10)).hasSize(1);
    }

    @Test
    void balances_are_written_with_the_frames_or_not_at_all() throws Exception {
        SampleExecution sound = log().execution().id("run");
        store().append(log().batch(sound, new BalanceRow("rate", new byte[] {1})));
        SampleExecution twice = log().execution().id("run");
        assertThatThrownBy(() -> store().append(log().batch(twice, new BalanceRow("rate", new byte[] {2}))))
                .satisfies(kind(Kind.CONFLICT));

        reopen();

        assertThat(store().balances()).containsExactly(new BalanceRow("rate", new byte[] {1}));
        try (StoreReader reader = openReader()) {
            assertThat(reader.balances()).hasSize(1);
        }
    }

    @Test
    void a_blob_that_a_batch_names_stays_and_others_are_swept() throws Exception {
        BlobRef named = store().writeBlob("run-1", "text/plain", out -> out.write("named".getBytes(UTF_8)));
        BlobRef forgotten = store().writeBlob("run-1", "text/plain", out -> out.write('x'));
        store().append(log().batch(1, List.of(log().execution()), List.of(named)));

        reopen();

        try (InputStream in = store().blob(named)) {
            assertThat(in.readAllBytes()).isEqualTo("named".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> store().blob(forgotten)).satisfies(kind(Kind.CORRUPT));
        BlobRef next = store().writeBlob("run-1", "text/plain", out -> out.write('y'));
        assertThat(next.id()).isNotIn(named.id(), forgotten.id());
    }

    @Test
    void a_second_owner_is_told_who_the_first_is() {
        assertThatThrownBy(this::open)
                .satisfies(kind(Kind.LOCKED))
                .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()))
                .hasMessageContaining("--store");
        log().append(1, log().execution());
    }

    @Test
    void a_reader_beside_the_owner_sees_what_was_appended() throws Exception {
        SampleExecution execution = log().execution().status("RUNNING");
        log().append(1, execution);
        BlobRef blob = store().writeBlob("run-1", "text/plain", out -> out.write('x'));
        try (StoreReader reader = openReader()) {
            assertThat(reader.id()).isEqualTo(store().id());
            for (int i = 0; i < 20; i++) {
                log().append(1, execution);
                ExecutionRow row = reader.execution("", execution.id()).orElseThrow();
                assertThat(row.headSeq()).isEqualTo(i + 2);
                assertThat(reader.framesAfter(i + 1, 10)).hasSize(1);
            }
            assertThat(FrameChain.verify(reader.frames(execution.number(), 1, 100)))
                    .isEmpty();
            try (InputStream in = reader.blob(blob)) {
                assertThat(in.read()).isEqualTo('x');
            }
        }
        log().append(1, execution);
    }

    @Test
    void a_reader_needs_no_owner() throws Exception {
        SampleExecution execution = log().execution();
        log().append(1, execution);
        store().close();

        try (StoreReader reader = openReader();
                StoreReader another = openReader()) {
            assertThat(reader.lastPosition()).isEqualTo(1);
            assertThat(another.unfinished()).hasSize(1);
        }
        use(open());
        log().append(1, execution);
        assertThat(store().lastPosition()).isEqualTo(2);
    }

    @Test
    void a_closed_reader_reads_nothing_more() throws Exception {
        StoreReader reader = openReader();
        reader.close();

        assertThatThrownBy(reader::lastPosition).satisfies(kind(Kind.UNUSABLE));
    }

    @Test
    void where_no_store_is_nothing_can_be_read() throws IOException {
        assertThatThrownBy(this::openMissing).satisfies(kind(Kind.NOT_FOUND));
    }
}
