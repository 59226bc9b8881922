package dev.ropewalk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch.PlanRow;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What is particular to the store in memory, and the ground that the conformance suite of the
/// testkit, which it passes too, stands on.
@DisplayNameGeneration(ReplaceUnderscores.class)
class MemoryStoreTest {
    private static final PlanRow PLAN = new PlanRow(new byte[32], 1, new byte[] {1});

    private final Store store = new MemoryStoreProvider().open("memory:");

    @Test
    void what_was_appended_is_read_by_execution_and_by_position() {
        append(1, 1, 1, 2);
        append(2, 2, 1, 1);
        append(3, 1, 3, 1);

        assertThat(store.frames(1, 2, 10)).extracting(Frame::position).containsExactly(1L, 3L);
        assertThat(store.frames(1, 3, 10)).extracting(Frame::position).containsExactly(3L);
        assertThat(store.framesAfter(1, 10)).extracting(Frame::position).containsExactly(2L, 3L);
        assertThat(store.execution("", "run-1").orElseThrow().headSeq()).isEqualTo(3);
        assertThat(store.lastExecutionNumber()).isEqualTo(2);
    }

    @Test
    void a_batch_that_does_not_follow_changes_nothing_and_is_the_last() {
        append(1, 1, 1, 2);

        assertThatThrownBy(() -> append(2, 1, 4, 1))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        assertThatThrownBy(() -> append(2, 1, 3, 1))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED));
    }

    @Test
    void executions_are_found_by_their_metadata() {
        append(1, 1, 1, 1);

        assertThat(find(Map.of("team", "north"))).hasSize(1);
        assertThat(find(Map.of("size", "1.50"))).hasSize(1);
        assertThat(find(Map.of("box", "{\"a\":[1,true]}", "none", "null"))).hasSize(1);
        assertThat(find(Map.of("team", "south"))).isEmpty();
    }

    @Test
    void executions_are_found_by_status_and_counted() {
        append(1, 1, 1, 1);
        append(2, 2, 1, 1);
        store.quarantine(1, "event 1 cannot be read");

        assertThat(store.countByStatus("")).isEqualTo(Map.of("RUNNING", 1L, "QUARANTINED", 1L));
        assertThat(store.unfinished()).extracting(ExecutionRow::number).containsExactly(2L);
        assertThat(store.executions(ExecutionQuery.newest(1)))
                .extracting(ExecutionRow::number)
                .containsExactly(2L);
        assertThat(store.executions(new ExecutionQuery(
                        "", List.of("QUARANTINED"), Optional.of("report"), List.of(), Map.of(), "run", 2, 10)))
                .extracting(ExecutionRow::number)
                .containsExactly(1L);
        append(3, 1, 2, 1);
        assertThat(store.execution("", "run-1").orElseThrow().quarantine()).isPresent();
        assertThat(store.executionByKey("", "key-2").orElseThrow().number()).isEqualTo(2);
        assertThat(store.plan(PLAN.digest())).hasValue(PLAN.bytes());
        assertThatThrownBy(() -> store.quarantine(9, "nobody")).hasMessageContaining("number 9");
    }

    @Test
    void batches_that_contradict_are_refused() {
        for (Batch bad : List.of(
                batch(1, 1, 1, 1, store.epoch() + 1),
                batch(2, 1, 1, 1, store.epoch()),
                new Batch(List.of(frame(1, 1, 1, 1)), List.of(row(1, 2)), List.of(PLAN), List.of()),
                new Batch(List.of(frame(1, 1, 1, 1)), List.of(), List.of(PLAN), List.of()),
                new Batch(List.of(), List.of(row(1, 1)), List.of(PLAN), List.of()),
                new Batch(List.of(frame(1, 1, 1, 1)), List.of(row(1, 1)), List.of(), List.of()),
                new Batch(
                        List.of(frame(1, 1, 1, 1)),
                        List.of(row(1, 1)),
                        List.of(PLAN),
                        List.of(new BlobRef("run-1", "b9", 1, new byte[32], "text/plain", BlobRef.IDENTITY))))) {
            MemoryStore other = new MemoryStore();
            assertThatThrownBy(() -> other.append(bad)).isInstanceOf(StoreException.class);
            assertThatThrownBy(other::lastPosition).hasMessageContaining("takes nothing more");
        }
    }

    @Test
    void tasks_messages_workflows_and_values_are_kept_beside_the_log() throws IOException {
        append(1, 1, 1, 1);
        TaskRow task = new TaskRow(
                1,
                3,
                "fetch",
                "collect",
                "http",
                "FAILED",
                1,
                0,
                1,
                2,
                3,
                4,
                Optional.of("TIMEOUT"),
                Optional.empty(),
                Optional.of("anna"),
                0,
                1);
        store.project(List.of(task), 1);
        store.addMessages(List.of(new MessageRow(0, 1, Optional.of("fetch"), 1, 5, "INFO", "hello")));
        WorkflowRow workflow = new WorkflowRow("", "report", "1", "yaml", new byte[] {1}, "what for", 5);
        store.register(workflow);
        store.register(workflow);
        BlobRef blob = store.writeBlob("run-1", "text/plain", out -> out.write(7));
        store.idle();

        assertThat(store.projectedPosition()).isEqualTo(1);
        assertThat(store.tasks(TaskQuery.all(1))).containsExactly(task);
        assertThat(store.tasks(new TaskQuery(1, List.of("FAILED"), Optional.of("fetch"), 0, 1)))
                .hasSize(1);
        assertThat(store.messages(1, Optional.of("fetch"), 0, 10))
                .extracting(MessageRow::number)
                .containsExactly(1L);
        assertThat(store.workflows("")).containsExactly(workflow);
        assertThat(store.workflow("", "report", "")).hasValue(workflow);
        assertThatThrownBy(
                        () -> store.register(new WorkflowRow("", "report", "1", "json", new byte[] {1}, "what for", 5)))
                .hasMessageContaining("workflow report version 1");
        assertThatThrownBy(() -> store.register(new WorkflowRow("", "report", "1", "yaml", new byte[] {2}, "", 5)))
                .isInstanceOf(StoreException.class);
        try (InputStream in = store.blob(blob)) {
            assertThat(in.readAllBytes()).containsExactly(7);
        }
        assertThatThrownBy(() ->
                        store.blob(new BlobRef("run-1", blob.id(), 1, new byte[32], "text/plain", BlobRef.IDENTITY)))
                .hasMessageContaining("not what was written");
        store.close();
        assertThatThrownBy(() -> store.project(List.of(), 2)).hasMessageContaining("closed");
    }

    @Test
    void the_newest_messages_stay() {
        for (int i = 0; i < Store.MESSAGES_OVERALL + 10; i++) {
            store.addMessages(List.of(
                    new MessageRow(0, i / Store.MESSAGES_PER_EXECUTION, Optional.empty(), 1, 5, "INFO", "line " + i)));
        }

        assertThat(store.messages(0, Optional.empty(), 0, 1))
                .extracting(MessageRow::text)
                .containsExactly("line 10");
        assertThat(store.messages(0, Optional.empty(), 0, Integer.MAX_VALUE))
                .hasSize(Store.MESSAGES_PER_EXECUTION - 10);
    }

    @Test
    void every_memory_store_is_its_own() {
        assertThat(new MemoryStore().id()).isNotEqualTo(store.id());
        assertThatThrownBy(() -> new MemoryStoreProvider().open("memory:shared"))
                .hasMessageContaining("memory:shared");
        assertThatThrownBy(() -> new MemoryStoreProvider().openReader("memory:"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private List<ExecutionRow> find(Map<String, String> metadata) {
        return store.executions(new ExecutionQuery("", List.of(), Optional.empty(), List.of(), metadata, "", 0, 10));
    }

    private void append(long position, long execution, long firstSeq, int count) {
        store.append(batch(position, execution, firstSeq, count, store.epoch()));
    }

    private static Batch batch(long position, long execution, long firstSeq, int count, long epoch) {
        Frame frame = new Frame(position, execution, epoch, firstSeq, count, 1, new byte[1], new byte[32]);
        return new Batch(List.of(frame), List.of(row(execution, frame.lastSeq())), List.of(PLAN), List.of());
    }

    private static Frame frame(long position, long execution, long firstSeq, int count) {
        return new Frame(position, execution, 1, firstSeq, count, 1, new byte[1], new byte[32]);
    }

    private static ExecutionRow row(long number, long headSeq) {
        return new ExecutionRow(
                number,
                "",
                "run-" + number,
                "report",
                "",
                PLAN.digest(),
                Optional.of("key-" + number),
                new byte[32],
                "RUNNING",
                headSeq,
                new byte[32],
                1,
                0,
                0,
                0,
                List.of(),
                "{\"team\": \"north\", \"size\": 1.50, \"box\": {\"a\": [1, true]}, \"none\": null}",
                Optional.empty(),
                Optional.empty());
    }
}
