package dev.ropewalk.engine;

import dev.ropewalk.execution.LogEvent;
import java.util.List;

/// Where durable facts and live reports go: subscribers, the messages kept, whoever waits for an end.
/// No method blocks.
public interface Publishing {

    void published(LiveExecution execution, long firstSeq, List<LogEvent> events);

    /// The execution's state no longer changes and may be read from now on.
    void unloaded(LiveExecution execution);

    void quarantined(LiveExecution execution, RuntimeException cause);

    /// Takes the reports of one attempt.
    AttemptReports reports(LiveExecution execution, String path, int attempt);
}
