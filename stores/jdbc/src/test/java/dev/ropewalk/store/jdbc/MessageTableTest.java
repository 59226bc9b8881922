package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.store.MessageRow;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import dev.ropewalk.testkit.store.SampleRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageTableTest {

    @TempDir
    private Path directory;

    @Test
    void the_oldest_go_first_of_one_execution_and_of_all() throws Exception {
        try (SqliteStore store = SqliteStore.open(SqliteLocation.parse("sqlite:" + directory.resolve("work.db")))) {
            SampleLog log = new SampleLog(store);
            SampleExecution first = log.execution();
            SampleExecution last = log.execution();
            MessageTable messages = new MessageTable(50, 100);
            Session session = store.database().session();
            say(messages, session, first, 60);
            assertThat(texts(session, first)).hasSizeBetween(50, 55).endsWith("line 59");
            say(messages, session, last, 40);
            say(messages, session, log.execution(), 40);

            assertThat(session.number("SELECT count(*) FROM message")).isBetween(100L, 110L);
            assertThat(texts(session, last)).hasSize(40);
            assertThat(texts(session, first)).hasSizeLessThan(40).endsWith("line 59");
        }
    }

    private static void say(MessageTable messages, Session session, SampleExecution execution, int count)
            throws Exception {
        session.begin();
        for (int i = 0; i < count; i++) {
            messages.add(session, List.of(SampleRows.message(execution, Optional.empty(), "line " + i)));
        }
        session.commit();
    }

    private static List<String> texts(Session session, SampleExecution execution) throws Exception {
        return MessageTable.find(session, execution.number(), Optional.empty(), 0, 1000).stream()
                .map(MessageRow::text)
                .toList();
    }
}
