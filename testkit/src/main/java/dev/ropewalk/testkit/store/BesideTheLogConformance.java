package dev.ropewalk.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What a store keeps beside the log, and who may read and write it meanwhile.
interface BesideTheLogConformance extends StoreUnderTest {

    @Test
    default void tasks_are_projected_and_replaced() {
        SampleExecution execution = log().execution();
        log().append(1, execution);
        store().project(SampleRows.tasks(execution, 1200, "QUEUED"), 1);
        TaskRow failed = SampleRows.failedTask(execution, 7);
        store().project(List.of(failed), 5);

        long number = execution.number();
        assertThat(store().projectedPosition()).isEqualTo(5);
        assertThat(store().tasks(TaskQuery.all(number)))
                .hasSize(1200)
                .extracting(TaskRow::index)
                .isSorted();
        assertThat(store().tasks(new TaskQuery(number, List.of("FAILED", "TIMED_OUT"), Optional.empty(), 0, 10)))
                .containsExactly(failed);
        assertThat(store().tasks(new TaskQuery(number, List.of(), Optional.of("item[1100]"), 0, 10)))
                .extracting(TaskRow::index)
                .containsExactly(1100);
        assertThat(store().tasks(new TaskQuery(number, List.of("QUEUED"), Optional.empty(), 6, 2)))
                .extracting(TaskRow::index)
                .containsExactly(6, 8);
        assertThat(store().tasks(TaskQuery.all(99))).isEmpty();
    }

    @Test
    default void a_projection_may_have_nothing_to_change() {
        store().project(List.of(), 3);

        assertThat(store().projectedPosition()).isEqualTo(3);
    }

    @Test
    default void messages_are_numbered_and_read_in_order() {
        SampleExecution one = log().execution();
        SampleExecution other = log().execution();
        store().addMessages(List.of(
                SampleRows.message(one, Optional.of("fetch"), "started"),
                SampleRows.message(other, Optional.empty(), "recovered"),
                SampleRows.message(one, Optional.empty(), "paused")));
        store().addMessages(List.of(SampleRows.message(one, Optional.of("fetch"), "done")));

        List<MessageRow> all = store().messages(one.number(), Optional.empty(), 0, 10);
        assertThat(all).extracting(MessageRow::text).containsExactly("started", "paused", "done");
        assertThat(all).extracting(MessageRow::number).isSorted().doesNotHaveDuplicates();
        assertThat(all.getFirst())
                .usingRecursiveComparison()
                .ignoringFields("number")
                .isEqualTo(SampleRows.message(one, Optional.of("fetch"), "started"));
        assertThat(store().messages(one.number(), Optional.of("fetch"), 0, 10))
                .extracting(MessageRow::text)
                .containsExactly("started", "done");
        assertThat(store().messages(
                                one.number(), Optional.empty(), all.getFirst().number(), 1))
                .extracting(MessageRow::text)
                .containsExactly("paused");
    }

    @Test
    default void of_many_messages_the_newest_stay() {
        SampleExecution talker = log().execution();
        SampleExecution quiet = log().execution();
        store().addMessages(List.of(SampleRows.message(quiet, Optional.empty(), "hello")));
        int count = Store.MESSAGES_PER_EXECUTION + 3000;
        for (int i = 0; i < count; i += 1000) {
            List<MessageRow> some = new ArrayList<>();
            for (int j = i; j < i + 1000; j++) {
                some.add(SampleRows.message(talker, Optional.empty(), "line " + j));
            }
            store().addMessages(some);
        }

        List<MessageRow> left = store().messages(talker.number(), Optional.empty(), 0, Integer.MAX_VALUE);
        assertThat(left).hasSizeBetween(Store.MESSAGES_PER_EXECUTION, Store.MESSAGES_PER_EXECUTION * 11 / 10);
        assertThat(left.getLast().text()).isEqualTo("line " + (count - 1));
        assertThat(store().messages(quiet.number(), Optional.empty(), 0, 10)).hasSize(1);
    }

    @Test
    default void a_workflow_is_found_by_version_or_the_last() {
        store().register(SampleRows.workflow("report", "2", "second"));
        store().register(SampleRows.workflow("report", "1", "first"));
        store().register(SampleRows.workflow("clean", "", "clean"));

        assertThat(store().workflow("", "report", "2").orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(SampleRows.workflow("report", "2", "second"));
        assertThat(store().workflow("", "report", "").orElseThrow().version()).isEqualTo("1");
        assertThat(store().workflow("", "report", "3")).isEmpty();
        assertThat(store().workflow("north", "report", "")).isEmpty();
        assertThat(store().workflows(""))
                .extracting(row -> row.name() + row.version())
                .containsExactly("clean", "report2", "report1");
    }

    @Test
    default void a_version_is_registered_once() {
        store().register(SampleRows.workflow("report", "1", "first"));
        store().register(SampleRows.workflow("report", "1", "first"));

        assertThatThrownBy(() -> store().register(SampleRows.workflow("report", "1", "other")))
                .satisfies(kind(Kind.CONFLICT));
        assertThat(store().workflows("")).hasSize(1);
        log().append(1, log().execution());
    }

    @Test
    default void a_reader_sees_whole_batches_while_others_are_appended() throws Exception {
        SampleExecution one = log().execution();
        SampleExecution other = log().execution();
        log().append(1, one, other);
        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> look = () -> {
            int looks = 0;
            while (!done.get() || looks == 0) {
                List<ExecutionRow> rows = store().unfinished();
                assertThat(rows)
                        .extracting(ExecutionRow::headSeq)
                        .containsOnly(rows.getFirst().headSeq());
                List<Frame> frames = store().frames(one.number(), 1, Integer.MAX_VALUE);
                assertThat(FrameChain.verify(frames)).isEmpty();
                assertThat(frames.getLast().lastSeq())
                        .isGreaterThanOrEqualTo(rows.getFirst().headSeq());
                looks++;
            }
            return looks;
        };
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> looks = List.of(readers.submit(look), readers.submit(look));
            try {
                for (int i = 0; i < 50; i++) {
                    log().append(1, one, other);
                    assertThat(store().execution("", one.id()).orElseThrow().headSeq())
                            .isEqualTo(i + 2);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> each : looks) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    @Test
    default void projections_messages_and_registrations_are_written_beside_appends() throws Exception {
        SampleExecution execution = log().execution();
        log().append(1, execution);
        try (ExecutorService others = Executors.newFixedThreadPool(2)) {
            Future<?> projector = others.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    store().project(SampleRows.tasks(execution, 600, "RUNNING"), i);
                }
            });
            Future<?> talker = others.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    store().addMessages(List.of(SampleRows.message(execution, Optional.empty(), "line " + i)));
                    store().register(SampleRows.workflow("w" + i, "1", "text"));
                }
            });
            for (int i = 0; i < 100; i++) {
                log().append(1, execution);
            }
            projector.get();
            talker.get();
        }

        assertThat(store().lastPosition()).isEqualTo(101);
        assertThat(store().projectedPosition()).isEqualTo(19);
        assertThat(store().tasks(TaskQuery.all(execution.number()))).hasSize(600);
        assertThat(store().messages(execution.number(), Optional.empty(), 0, 100))
                .hasSize(20);
        assertThat(store().workflows("")).hasSize(20);
    }
}
