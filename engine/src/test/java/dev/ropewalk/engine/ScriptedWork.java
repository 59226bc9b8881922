package dev.ropewalk.engine;

import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.execution.LogEvent;
import java.util.ArrayList;
import java.util.List;

/// The outside of a loop that a test drives by hand: it notes what it is asked for, and the test reports
/// what comes of it.
final class ScriptedWork implements Work {

    final List<String> asked = new ArrayList<>();
    final List<LogEvent> published = new ArrayList<>();
    final List<String> unloaded = new ArrayList<>();
    final List<String> quarantined = new ArrayList<>();

    /// The workflow whose attempts cannot even be prepared.
    String broken = "";

    @Override
    public Order attempt(LiveExecution execution, int task, int attempt, String agent) {
        if (execution.admission().workflow().equals(broken)) {
            throw new IllegalStateException("a bug");
        }
        String path = execution.state().path(task);
        return () -> asked.add("start %s %d".formatted(path, attempt));
    }

    @Override
    public Order evaluation(LiveExecution execution, int task, int generation) {
        return () -> asked.add("evaluate " + execution.state().path(task));
    }

    @Override
    public Order result(LiveExecution execution) {
        return () -> asked.add("result");
    }

    @Override
    public void stop(LiveExecution execution, int task, int attempt, StopCause cause) {
        asked.add("stop %s %d %s".formatted(execution.state().path(task), attempt, cause));
    }

    @Override
    public void abandon(LiveExecution execution, int task, int attempt) {
        asked.add("abandon %s %d".formatted(execution.state().path(task), attempt));
    }

    @Override
    public void publish(LiveExecution execution, long firstSeq, List<LogEvent> events) {
        published.addAll(events);
    }

    @Override
    public void unloaded(LiveExecution execution) {
        unloaded.add(execution.admission().id());
    }

    @Override
    public void quarantined(LiveExecution execution, RuntimeException cause) {
        quarantined.add(execution.admission().id() + ": " + cause.getMessage());
    }
}
