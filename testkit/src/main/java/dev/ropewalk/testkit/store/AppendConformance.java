package dev.ropewalk.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The log: what an append writes, and what it refuses.
interface AppendConformance extends StoreUnderTest {

    @Test
    default void a_row_is_read_as_it_was_appended() {
        SampleExecution execution = log().execution()
                .key("order 7")
                .tags("nightly", "größe \"7\"")
                .metadata("{\"team\":\"north\"}")
                .status("FAILED")
                .errorCode("TIMEOUT");
        log().append(3, execution);

        ExecutionRow row = store().execution("", execution.id()).orElseThrow();
        assertThat(row).usingRecursiveComparison().isEqualTo(execution.row());
        assertThat(row.headSeq()).isEqualTo(3);
        assertThat(store().executionByKey("", "order 7").orElseThrow().id()).isEqualTo(execution.id());
        assertThat(store().lastExecutionNumber()).isEqualTo(execution.number());
    }

    @Test
    default void a_row_follows_the_frames() {
        SampleExecution execution = log().execution();
        log().append(1, execution);
        log().append(2, execution);
        log().append(2, execution.status("RUNNING"));
        log().append(1, execution.status("COMPLETED"));

        assertThat(store().execution("", execution.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(execution.row());
        assertThat(store().lastPosition()).isEqualTo(4);
    }

    @Test
    default void frames_of_an_execution_are_read_from_the_one_that_holds_an_event() {
        SampleExecution one = log().execution();
        SampleExecution other = log().execution();
        log().append(3, one, other);
        log().append(2, one);
        log().append(4, other, one);

        assertThat(store().frames(one.number(), 1, 10))
                .extracting(Frame::firstSeq)
                .containsExactly(1L, 4L, 6L);
        assertThat(store().frames(one.number(), 4, 10))
                .extracting(Frame::firstSeq)
                .containsExactly(4L, 6L);
        assertThat(store().frames(one.number(), 5, 1))
                .extracting(Frame::firstSeq)
                .containsExactly(4L);
        assertThat(store().frames(one.number(), 9, 10))
                .extracting(Frame::firstSeq)
                .containsExactly(6L);
        assertThat(store().frames(one.number(), 10, 10)).isEmpty();
        assertThat(FrameChain.verify(store().frames(other.number(), 1, 10))).isEmpty();
    }

    @Test
    default void the_feed_is_in_order_of_position() {
        SampleExecution one = log().execution();
        SampleExecution other = log().execution();
        log().append(1, one, other);
        log().append(1, other);
        log().append(1, one);

        assertThat(store().framesAfter(0, 10)).extracting(Frame::position).containsExactly(1L, 2L, 3L, 4L);
        assertThat(store().framesAfter(1, 2)).extracting(Frame::execution).containsExactly(2L, 2L);
        assertThat(store().framesAfter(4, 10)).isEmpty();
        assertThat(store().framesAfter(9, 10)).isEmpty();
    }

    @Test
    default void a_plan_is_stored_once_and_found_by_its_digest() {
        SampleExecution one = log().execution().plan("north");
        SampleExecution same = log().execution().plan("north");
        SampleExecution other = log().execution().plan("south");
        log().append(1, one);
        log().append(1, same, other);

        assertThat(store().plan(one.planRow().digest())).hasValue("north".getBytes(UTF_8));
        assertThat(store().plan(other.planRow().digest())).hasValue("south".getBytes(UTF_8));
    }

    @Test
    default void a_batch_without_frames_changes_nothing() {
        store().append(new Batch(List.of(), List.of(), List.of(), List.of()));

        assertThat(store().lastPosition()).isZero();
    }

    @Test
    default void balances_are_as_the_last_batch_leaves_them() {
        SampleExecution execution = log().execution();
        store().append(log().batch(execution, balance("rate b", 2), balance("rate a", 1)));
        store().append(log().batch(execution, balance("rate b", 3), balance("budget", 4), balance("rate a")));

        assertThat(store().balances()).containsExactly(balance("budget", 4), balance("rate b", 3));
        store().append(log().batch(execution, balance("never there"), balance("rate b", 5)));
        assertThat(store().balances()).containsExactly(balance("budget", 4), balance("rate b", 5));
    }

    private static BalanceRow balance(String key, int... bytes) {
        byte[] copy = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            copy[i] = (byte) bytes[i];
        }
        return new BalanceRow(key, copy);
    }

    @Test
    default void ids_and_keys_belong_to_their_namespace() {
        SampleExecution north = log().execution().namespace("north").id("run").key("order 7");
        SampleExecution south = log().execution().namespace("south").id("run").key("order 7");
        log().append(1, north, south);

        assertThat(store().execution("north", "run").orElseThrow().number()).isEqualTo(north.number());
        assertThat(store().executionByKey("south", "order 7").orElseThrow().number())
                .isEqualTo(south.number());
        assertThat(store().execution("", "run")).isEmpty();
    }

    @Test
    default void an_id_is_given_once() {
        log().append(1, log().execution().id("run"));

        assertStops(Kind.CONFLICT, () -> log().append(1, log().execution().id("run")));
    }

    @Test
    default void an_idempotency_key_is_given_once() {
        log().append(1, log().execution().key("order 7"));

        assertStops(Kind.CONFLICT, () -> log().append(1, log().execution().key("order 7")));
    }

    @Test
    default void an_idempotency_key_is_given_once_in_a_batch() {
        assertStops(
                Kind.CONFLICT,
                () -> log().append(
                                1,
                                log().execution().key("order 7"),
                                log().execution().key("order 7")));
    }

    @Test
    default void an_execution_needs_a_plan() {
        Batch batch = log().batch(1, log().execution());

        assertStops(
                Kind.CONFLICT,
                () -> store().append(new Batch(batch.frames(), batch.executions(), List.of(), List.of())));
    }

    @Test
    default void events_have_no_gaps() {
        SampleExecution execution = log().execution();
        log().append(2, execution);
        execution.frame(0, 0, 1);

        assertStops(Kind.CONFLICT, () -> log().append(1, execution));
    }

    @Test
    default void the_log_has_no_gaps() {
        log().append(2, log().execution());
        log().batch(1, log().execution());

        assertStops(Kind.CONFLICT, () -> log().append(1, log().execution()));
    }

    @Test
    default void an_execution_has_one_frame_in_a_batch() {
        SampleExecution execution = log().execution();

        assertStops(Kind.CONFLICT, () -> log().append(1, execution, execution));
    }

    @Test
    default void a_row_needs_a_frame() {
        Batch batch = log().batch(1, log().execution());
        List<ExecutionRow> rows = new ArrayList<>(batch.executions());
        rows.add(log().execution().row());

        assertStops(Kind.CONFLICT, () -> store().append(new Batch(batch.frames(), rows, batch.plans(), List.of())));
    }

    @Test
    default void a_row_agrees_with_its_frame() {
        SampleExecution execution = log().execution();
        Batch batch = log().batch(1, execution);
        execution.frame(2, store().epoch(), 1);

        assertStops(
                Kind.CONFLICT,
                () -> store().append(new Batch(batch.frames(), List.of(execution.row()), batch.plans(), List.of())));
    }

    @Test
    default void a_frame_of_another_epoch_is_fenced() {
        SampleExecution execution = log().execution();
        Frame frame = execution.frame(1, store().epoch() + 1, 1);

        assertStops(
                Kind.FENCED,
                () -> store().append(new Batch(
                        List.of(frame), List.of(execution.row()), List.of(execution.planRow()), List.of())));
    }
}
