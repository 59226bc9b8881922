package dev.ropewalk.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.TaskQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What is asked of executions.
interface QueryConformance extends StoreUnderTest {

    @Test
    default void a_quarantined_execution_is_not_loaded_again() {
        SampleExecution poison = log().execution().status("RUNNING");
        SampleExecution sound = log().execution().status("RUNNING");
        log().append(1, poison, sound);

        store().quarantine(poison.number(), "event 7 cannot be read");

        assertThat(store().unfinished()).extracting(ExecutionRow::number).containsExactly(sound.number());
        ExecutionRow row = store().execution("", poison.id()).orElseThrow();
        assertThat(row.quarantine()).hasValue("event 7 cannot be read");
        assertThat(row.status()).isEqualTo("RUNNING");
        assertThat(row.shownStatus()).isEqualTo("QUARANTINED");
        log().append(1, poison);
        assertThat(store().execution("", poison.id()).orElseThrow().quarantine())
                .isPresent();
        assertThatThrownBy(() -> store().quarantine(99, "nobody")).satisfies(kind(Kind.CONFLICT));
    }

    @Test
    default void unfinished_executions_come_the_oldest_first() {
        SampleExecution first = log().execution().status("RUNNING");
        SampleExecution ended = log().execution().status("COMPLETED");
        SampleExecution last = log().execution().namespace("north").status("PAUSED");
        log().append(1, first, ended, last);

        assertThat(store().unfinished())
                .extracting(ExecutionRow::number)
                .containsExactly(first.number(), last.number());
    }

    @Test
    default void the_newest_come_first_page_by_page() {
        log().append(1, log().execution(), log().execution(), log().execution());

        List<ExecutionRow> page = find(query -> query.limit(2));
        assertThat(page).extracting(ExecutionRow::number).containsExactly(3L, 2L);
        assertThat(find(query -> query.limit(2).beforeNumber(2)))
                .extracting(ExecutionRow::number)
                .containsExactly(1L);
        assertThat(find(query -> query.limit(2).beforeNumber(1))).isEmpty();
        assertThat(page.getFirst().headSeq()).isEqualTo(1);
    }

    @Test
    default void executions_are_found_by_status() {
        SampleExecution failed = log().execution().status("FAILED");
        SampleExecution running = log().execution().status("RUNNING");
        SampleExecution poison = log().execution().status("RUNNING");
        SampleExecution completed = log().execution().status("COMPLETED");
        log().append(1, failed, running, poison, completed);
        store().quarantine(poison.number(), "event 7 cannot be read");

        assertFound(query -> query.statuses("RUNNING"), running);
        assertFound(query -> query.statuses("QUARANTINED"), poison);
        assertFound(query -> query.statuses("COMPLETED", "FAILED"), completed, failed);
        assertFound(query -> query.statuses("COMPLETED", "FAILED").limit(1), completed);
        assertFound(query -> query.statuses("COMPLETED", "FAILED").beforeNumber(completed.number()), failed);
        assertFound(query -> query.statuses("LOST"));
        assertThat(store().countByStatus(""))
                .isEqualTo(Map.of("FAILED", 1L, "RUNNING", 1L, "QUARANTINED", 1L, "COMPLETED", 1L));
    }

    @Test
    default void a_status_that_changed_is_found_as_it_is_now() {
        SampleExecution execution = log().execution().status("RUNNING");
        log().append(1, execution);
        log().append(1, execution.status("COMPLETED"));

        assertFound(query -> query.statuses("RUNNING"));
        assertFound(query -> query.statuses("COMPLETED"), execution);
        assertThat(store().countByStatus("")).isEqualTo(Map.of("COMPLETED", 1L));
        assertThat(store().unfinished()).isEmpty();
    }

    @Test
    default void executions_are_found_by_workflow_and_tags() {
        SampleExecution report = log().execution().workflow("report").tags("nightly", "north");
        SampleExecution clean = log().execution().workflow("clean").tags("nightly");
        log().append(1, report, clean);

        assertFound(query -> query.workflow("report"), report);
        assertFound(query -> query.workflow("rep"));
        assertFound(query -> query.tags("nightly"), clean, report);
        assertFound(query -> query.tags("nightly", "north"), report);
        assertFound(query -> query.tags("night"));
        assertFound(query -> query.workflow("clean").tags("nightly").statuses("PENDING"), clean);
    }

    @Test
    default void executions_are_found_by_metadata() {
        SampleExecution execution = log().execution().metadata("""
                        {"team": "north", "size": 1.50, "box": {"a": [1, true]}, "none": null, "on": true,
                         "a\\"b'c$.d": "odd", "": "empty"}
                        """);
        log().append(1, execution);

        assertFound(query -> query.metadata("team", "north"), execution);
        assertFound(query -> query.metadata("team", "north").metadata("size", "1.50"), execution);
        assertFound(query -> query.metadata("team", "north").metadata("size", "2"));
        assertFound(query -> query.metadata("box", "{\"a\":[1,true]}"), execution);
        assertFound(query -> query.metadata("none", "null"), execution);
        assertFound(query -> query.metadata("on", "true"), execution);
        assertFound(query -> query.metadata("a\"b'c$.d", "odd"), execution);
        assertFound(query -> query.metadata("", "empty"), execution);
        assertFound(query -> query.metadata("absent", "null"));
        assertFound(query -> query.metadata("box.a", "[1,true]"));
    }

    @Test
    default void executions_are_found_by_the_start_of_their_id() {
        SampleExecution one = log().execution().id("0192-aa").status("FAILED");
        SampleExecution other = log().execution().id("0192-ab");
        SampleExecution odd = log().execution().id("019_%");
        log().append(1, one, other, odd);

        assertFound(query -> query.idPrefix("0192"), other, one);
        assertFound(query -> query.idPrefix("0192-aa"), one);
        assertFound(query -> query.idPrefix("0192").statuses("FAILED", "TIMED_OUT"), one);
        assertFound(query -> query.idPrefix("019_"), odd);
        assertFound(query -> query.idPrefix("%"));
    }

    @Test
    default void executions_are_found_in_their_namespace_only() {
        SampleExecution north = log().execution().namespace("north").tags("nightly");
        SampleExecution south = log().execution().namespace("south").tags("nightly");
        log().append(1, north, south);

        assertFound(query -> query.namespace("north"), north);
        assertFound(query -> query.namespace("south").statuses("PENDING"), south);
        assertFound(query -> query.namespace("south").workflow("report"), south);
        assertFound(query -> query.tags("nightly"));
        assertThat(store().countByStatus("north")).isEqualTo(Map.of("PENDING", 1L));
    }

    /// Security statement S18: what a user writes is a value, never part of a question.
    @Test
    default void hostile_text_finds_nothing_and_breaks_nothing() {
        SampleExecution execution = log().execution().tags("nightly").metadata("{\"team\":\"north\"}");
        log().append(1, execution);

        for (String hostile :
                List.of("' OR 1=1 --", "'; DROP TABLE execution; --", "\") OR (\"1\"=\"1", "?", "\0", "%")) {
            assertFound(query -> query.namespace(hostile));
            assertFound(query -> query.statuses(hostile));
            assertFound(query -> query.workflow(hostile));
            assertFound(query -> query.tags(hostile));
            assertFound(query -> query.metadata(hostile, "north"));
            assertFound(query -> query.metadata("team", hostile));
            assertFound(query -> query.idPrefix(hostile));
            assertThat(store().execution("", hostile)).isEmpty();
            assertThat(store().executionByKey(hostile, hostile)).isEmpty();
            assertThat(store().workflow("", hostile, hostile)).isEmpty();
            assertThat(store().tasks(new TaskQuery(1, List.of(hostile), Optional.of(hostile), 0, 10)))
                    .isEmpty();
        }
        assertFound(query -> query, execution);
    }

    private List<ExecutionRow> find(UnaryOperator<SampleQuery> asked) {
        return store().executions(asked.apply(new SampleQuery()).build());
    }

    private void assertFound(UnaryOperator<SampleQuery> asked, SampleExecution... expected) {
        assertThat(find(asked))
                .extracting(ExecutionRow::number)
                .containsExactlyElementsOf(
                        Arrays.stream(expected).map(SampleExecution::number).toList());
    }
}
