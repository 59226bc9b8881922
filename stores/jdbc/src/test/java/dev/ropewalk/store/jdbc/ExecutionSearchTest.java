package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That questions are answered through an index and in its order, whatever the size of the store.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExecutionSearchTest {

    @TempDir
    private Path directory;

    @Test
    void a_page_is_found_without_reading_or_sorting_the_rest() throws Exception {
        SqliteStore store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")));
        try (store) {
            SampleLog log = new SampleLog(store);
            List<SampleExecution> executions = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                executions.add(log.execution().status(i % 3 == 0 ? "FAILED" : "COMPLETED"));
            }
            log.append(1, executions.toArray(SampleExecution[]::new));

            assertThat(planOf(store, List.of(), Optional.empty(), "", 0))
                    .contains("SCAN execution")
                    .doesNotContain("B-TREE");
            assertThat(planOf(store, List.of("FAILED"), Optional.empty(), "", 200))
                    .contains("USING INDEX execution_by_status (shown_status=? AND namespace=? AND rowid<?)")
                    .doesNotContain("B-TREE");
            assertThat(planOf(store, List.of("FAILED", "COMPLETED"), Optional.empty(), "", 0))
                    .contains("MERGE (UNION ALL)")
                    .doesNotContain("B-TREE");
            assertThat(planOf(store, List.of(), Optional.of("report"), "", 0))
                    .contains("execution_by_workflow (namespace=? AND workflow=?)")
                    .doesNotContain("B-TREE");
            assertThat(planOf(store, List.of(), Optional.empty(), "run-1", 0))
                    .contains("execution_by_id (namespace=? AND id>? AND id<?)");
            ExecutionQuery failed =
                    new ExecutionQuery("", List.of("FAILED"), Optional.empty(), List.of(), Map.of(), "", 0, 2);
            assertThat(store.executions(failed))
                    .extracting(ExecutionRow::number)
                    .containsExactly(298L, 295L);
        }
    }

    @Test
    void questions_of_any_shape_may_follow_each_other() {
        try (SqliteStore store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")))) {
            SampleLog log = new SampleLog(store);
            log.append(1, log.execution().metadata("{\"k0\": 0}"));
            Map<String, String> metadata = new LinkedHashMap<>();
            for (int i = 0; i < 80; i++) {
                metadata.put("k" + i, String.valueOf(i));
                ExecutionQuery query =
                        new ExecutionQuery("", List.of(), Optional.empty(), List.of(), metadata, "", 0, 10);
                assertThat(store.executions(query)).hasSize(i == 0 ? 1 : 0);
            }
        }
    }

    private static String planOf(
            SqliteStore store, List<String> statuses, Optional<String> workflow, String idPrefix, long before) {
        ExecutionQuery query = new ExecutionQuery("", statuses, workflow, List.of(), Map.of(), idPrefix, before, 10);
        return store.read(session -> ExecutionSearch.explain(session, query));
    }
}
