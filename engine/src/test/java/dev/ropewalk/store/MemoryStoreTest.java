package dev.ropewalk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch.PlanRow;
import dev.ropewalk.store.StoreException.Kind;
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
        Frame frame = new Frame(
                position, execution, store.epoch(), firstSeq, count, 1, new byte[] {(byte) position}, new byte[32]);
        ExecutionRow row = new ExecutionRow(
                execution,
                "",
                "run-" + execution,
                "report",
                "",
                PLAN.digest(),
                Optional.empty(),
                new byte[32],
                "RUNNING",
                frame.lastSeq(),
                frame.digest(),
                1,
                0,
                0,
                0,
                List.of(),
                "{\"team\": \"north\", \"size\": 1.50, \"box\": {\"a\": [1, true]}, \"none\": null}",
                Optional.empty(),
                Optional.empty());
        store.append(new Batch(List.of(frame), List.of(row), List.of(PLAN), List.of()));
    }
}
