package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.execution.Evolution;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.Progress;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One execution as those who watch it see it: follows the log event by event, and makes an update of
/// what has come. For one thread.
final class WatchedExecution {

    private final ExecutionState state;
    private final EventProjection projection;
    private final LiveReports reports;
    private List<ExecutionEvent> events = new ArrayList<>();

    WatchedExecution(ExecutionPlan plan, LiveReports reports) {
        this.state = new ExecutionState(plan);
        this.projection = new EventProjection(plan);
        this.reports = reports;
    }

    /// The number of the last event that it has seen.
    long seq() {
        return projection.seq();
    }

    boolean ended() {
        return state.status().ended();
    }

    void follow(LogEvent event) {
        Evolution.evolve(state, event);
        projection.project(event, events);
    }

    void forgetEvents() {
        events = new ArrayList<>();
    }

    /// What has come since the last call. Events up to `afterSeq` are left out.
    ExecutionUpdate update(long afterSeq, long now) {
        List<ExecutionEvent> all = events;
        events = new ArrayList<>();
        List<ExecutionEvent> wanted = all.isEmpty() || all.getFirst().seq() > afterSeq
                ? all
                : all.stream().filter(event -> event.seq() > afterSeq).toList();
        List<ExecutionMessage> messages = reports.drainMessages();
        return new ExecutionUpdate(
                state.id(),
                EventProjection.instant(now),
                state.status(),
                ProgressAssembly.of(Progress.of(state, now, task -> reports.fraction(state.path(task)))),
                currentTask(),
                MetricsAssembly.of(state, now),
                wanted,
                messages);
    }

    private Optional<String> currentTask() {
        int task = state.anyRunningTask();
        return task < 0 ? Optional.empty() : Optional.of(state.path(task));
    }
}
