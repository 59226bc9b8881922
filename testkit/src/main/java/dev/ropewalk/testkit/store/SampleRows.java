package dev.ropewalk.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.store.MessageRow;
import dev.ropewalk.store.TaskRow;
import dev.ropewalk.store.WorkflowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows to fill a store with.
public final class SampleRows {
    private SampleRows() {}

    /// Tasks `item[0]`, `item[1]` … in this status.
    public static List<TaskRow> tasks(SampleExecution execution, int count, String status) {
        List<TaskRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new TaskRow(
                    execution.number(),
                    i,
                    "item[" + i + "]",
                    "collect",
                    "shell",
                    status,
                    0,
                    0,
                    1000 + i,
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    1));
        }
        return rows;
    }

    public static TaskRow failedTask(SampleExecution execution, int index) {
        return new TaskRow(
                execution.number(),
                index,
                "item[" + index + "]",
                "collect",
                "shell",
                "FAILED",
                3,
                1,
                1000,
                2000,
                3000,
                900,
                Optional.of("TIMEOUT"),
                Optional.of("after 30 s"),
                Optional.of("anna"),
                17,
                18);
    }

    /// A message that the store is to number.
    public static MessageRow message(SampleExecution execution, Optional<String> taskPath, String text) {
        return new MessageRow(0, execution.number(), taskPath, 1, 1000, "INFO", text);
    }

    public static WorkflowRow workflow(String name, String version, String definition) {
        return new WorkflowRow("", name, version, "yaml", definition.getBytes(UTF_8), "what it is for", 1000);
    }
}
