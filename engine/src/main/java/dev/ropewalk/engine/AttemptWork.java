package dev.ropewalk.engine;

import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.strategy.StrategySwitch;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.TaskInputs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the loop's work on virtual threads: one for each attempt and each evaluation.
///
/// Called by the loop and by whoever releases a durable batch; reports through the inbox.
final class AttemptWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptWork.class);

    private record Key(LiveExecution execution, int task, int attempt) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && execution == that.execution
                    && task == that.task
                    && attempt == that.attempt;
        }

        @Override
        public int hashCode() {
            return (System.identityHashCode(execution) * 31 + task) * 31 + attempt;
        }
    }

    private final AttemptContext context;
    private final Publishing publishing;
    private final Map<Key, RunningAttempt> running = new ConcurrentHashMap<>();

    AttemptWork(AttemptContext context, Publishing publishing) {
        this.context = context;
        this.publishing = publishing;
    }

    @Override
    public Order attempt(LiveExecution execution, int task, int attempt, String agent) {
        TaskInputs inputs = collector(execution).ofTask(execution.state(), task);
        String path = execution.state().path(task);
        int generation = execution.state().generation(task);
        long timeout = inputs.task().timeoutMicros();
        Optional<StoredValue> checkpoint = execution.state().checkpoint(task);
        Key key = new Key(execution, task, attempt);
        return () -> {
            RunningAttempt call = call(execution, path, generation, attempt, timeout, checkpoint);
            running.put(key, call);
            AttemptRun run = new AttemptRun(context, execution, task, inputs, call, agent);
            Thread.ofVirtual().start(() -> {
                try {
                    run.run();
                } finally {
                    running.remove(key);
                }
            });
        };
    }

    @Override
    public Order evaluation(LiveExecution execution, int task, int generation) {
        TaskInputs inputs = collector(execution).ofTask(execution.state(), task);
        boolean expands = execution.state().definition(task).items().isPresent();
        return () -> Thread.ofVirtual().start(new EvaluationRun(context, execution, task, generation, inputs, expands));
    }

    @Override
    public Order result(LiveExecution execution) {
        TaskInputs inputs = collector(execution).ofResult(execution.state());
        return () -> Thread.ofVirtual().start(new ResultRun(context, execution, inputs));
    }

    @Override
    public void stop(LiveExecution execution, int task, int attempt, StopCause cause) {
        RunningAttempt call = running.get(new Key(execution, task, attempt));
        if (call != null) {
            call.stop(cause);
        }
    }

    @Override
    public void abandon(LiveExecution execution, int task, int attempt) {
        RunningAttempt call = running.get(new Key(execution, task, attempt));
        if (call != null) {
            LOG.warn(
                    "Attempt did not end within its grace and is given up execution={} task={} attempt={}",
                    call.executionId(),
                    call.taskPath(),
                    attempt);
            call.stop(StopCause.CANCELLED);
        }
    }

    @Override
    public void publish(LiveExecution execution, long firstSeq, List<LogEvent> events) {
        publishing.published(execution, firstSeq, events);
    }

    @Override
    public void unloaded(LiveExecution execution) {
        publishing.unloaded(execution);
    }

    @Override
    public void strategyChanged(StrategySwitch change) {
        LOG.info("Strategy changed from={} to={} reason={}", change.from(), change.to(), change.reason());
    }

    @Override
    public void quarantined(LiveExecution execution, RuntimeException cause) {
        LOG.error(
                "Execution is quarantined, others go on execution={}",
                execution.admission().id(),
                cause);
        publishing.quarantined(execution, cause);
    }

    /// What an embedding process may be waiting for when it closes the engine.
    int runningAttempts() {
        return running.size();
    }

    private RunningAttempt call(
            LiveExecution execution,
            String path,
            int generation,
            int attempt,
            long timeout,
            Optional<StoredValue> checkpoint) {
        String id = execution.admission().id();
        String key = id + "/" + path + "/" + generation;
        Optional<Instant> deadline = timeout == 0
                ? Optional.empty()
                : Optional.of(Instant.now().plusNanos(TimeUnit.MICROSECONDS.toNanos(timeout)));
        RunningAttempt.Identity identity = new RunningAttempt.Identity(
                id,
                path,
                attempt,
                key,
                context.storeId() + "/" + key + "/" + attempt,
                deadline,
                context.grace(),
                () -> checkpoint.map(context.reader()::read));
        return new RunningAttempt(identity, publishing.reports(execution, path, attempt), context::newOutput);
    }

    private static InputCollector collector(LiveExecution execution) {
        return (InputCollector) execution.attachment();
    }
}
