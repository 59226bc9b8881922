package dev.ropewalk.store.jdbc;

import static dev.ropewalk.store.jdbc.Kinds.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.testkit.Proves;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import dev.ropewalk.testkit.store.SampleRows;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fault F8, with a limit of SQLite's own in the place of the disk's; [FaultInjectionTest] has the real one.
@Proves("G2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskTest {

    @TempDir
    private Path directory;

    @Test
    void what_did_not_fit_is_written_when_there_is_space_again() throws Exception {
        SqliteStore store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")));
        try (store) {
            SampleLog log = new SampleLog(store);
            SampleExecution execution = log.execution();
            log.append(1, execution);
            Session session = store.database().session();
            long pages = session.number("PRAGMA page_count");
            session.once("PRAGMA max_page_count = " + (pages + 2));

            Batch large = log.batch(1000, execution);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.append(large))
                        .satisfies(kind(Kind.FULL))
                        .hasMessageContaining("no space left");
            }
            assertThatThrownBy(() -> store.project(SampleRows.tasks(execution, 2000, "QUEUED"), 1))
                    .satisfies(kind(Kind.FULL));
            assertThat(store.lastPosition()).isEqualTo(1);
            assertThat(store.execution("", execution.id()).orElseThrow().headSeq())
                    .isEqualTo(1);

            session.once("PRAGMA max_page_count = 1000000");
            store.append(large);
            store.project(SampleRows.tasks(execution, 2000, "QUEUED"), 2);

            assertThat(store.lastPosition()).isEqualTo(2);
            assertThat(store.projectedPosition()).isEqualTo(2);
        }
        try (Store again = new SqliteStoreProvider().open("sqlite:" + directory.resolve("work.db"))) {
            assertThat(again.unfinished()).hasSize(1);
            assertThat(again.unfinished().getFirst().headSeq()).isEqualTo(1001);
        }
    }
}
