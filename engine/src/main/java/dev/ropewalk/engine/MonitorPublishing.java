package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.monitoring.Monitor;
import dev.ropewalk.monitoring.StoredHistory;
import dev.ropewalk.store.Store;
import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.value.Secrets;
import java.util.List;
import java.util.concurrent.Executor;

/// Tells the monitor and those who wait for an end what the loop and the attempts report.
final class MonitorPublishing implements Publishing {

    private final Monitor monitor;
    private final Completions completions;
    private final StoredHistory history;
    private final Store store;
    private final Secrets secrets;
    private final Executor callbacks;

    MonitorPublishing(
            Monitor monitor,
            Completions completions,
            StoredHistory history,
            Store store,
            Secrets secrets,
            Executor callbacks) {
        this.monitor = monitor;
        this.completions = completions;
        this.history = history;
        this.store = store;
        this.secrets = secrets;
        this.callbacks = callbacks;
    }

    @Override
    public void published(LiveExecution execution, long firstSeq, List<LogEvent> events) {
        monitor.published(execution.admission().number(), firstSeq, events);
    }

    @Override
    public void unloaded(LiveExecution execution) {
        monitor.ended(execution.admission().number());
        String id = execution.admission().id();
        if (completions.isAwaited(id) && execution.state().status().ended()) {
            callbacks.execute(() -> complete(execution, id));
        }
    }

    private void complete(LiveExecution execution, String id) {
        try {
            completions.complete(
                    id, history.result(execution.state(), execution.admission().number()));
        } catch (RuntimeException e) {
            completions.fail(id, e);
        }
    }

    @Override
    public void quarantined(LiveExecution execution, RuntimeException cause) {
        Admission admission = execution.admission();
        EngineException exception = new EngineException(
                "QUARANTINED",
                "execution %s is quarantined: %s".formatted(admission.id(), cause),
                "the others go on; please report it",
                cause);
        callbacks.execute(() -> {
            store.quarantine(admission.number(), String.valueOf(cause));
            completions.fail(admission.id(), exception);
        });
    }

    @Override
    public AttemptReports reports(LiveExecution execution, String path, int attempt) {
        long number = execution.admission().number();
        return new AttemptReports() {
            @Override
            public void progress(double fraction, String message) {
                monitor.progress(number, path, fraction);
                if (!message.isEmpty()) {
                    monitor.message(number, path, attempt, MessageLevel.DEBUG, secrets.redact(message), false);
                }
            }

            @Override
            public void message(MessageLevel level, String text) {
                monitor.message(number, path, attempt, level, secrets.redact(text), true);
            }

            @Override
            public void ended() {
                monitor.attemptEnded(number, path);
            }
        };
    }
}
