package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.LiveExecution;
import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.engine.LoopInput;
import dev.ropewalk.engine.Work;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.testkit.plans.WordLanguage;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.Secrets;
import dev.ropewalk.value.TaskInputs;
import dev.ropewalk.value.ValueLimits;
import dev.ropewalk.value.ValueReader;
import dev.ropewalk.value.ValueWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Does what the loop has done outside of itself, in the order of the schedule instead of on threads:
/// evaluates with the production code, and plays the tools by script.
final class SimulatedWork implements Work {

    private static final ValueLimits LIMITS = new ValueLimits(400, 1 << 20, 1 << 20, 1 << 20);

    /// Every secret has the same value, which must not turn up anywhere.
    private record OneSecret() implements SecretSource {
        @Override
        public Optional<String> find(String name) {
            return Optional.of(WordLanguage.CANARY);
        }

        @Override
        public String remedy(String name) {
            return "nothing";
        }
    }

    private record Key(String execution, int task, int attempt) {}

    private final SimulatedProcess process;
    private final Simulation world;
    private final Punctuality punctuality;
    private final Secrets secrets = new Secrets(new OneSecret());
    private final ValueWriter writer;
    private final Evaluation evaluation;
    private final Map<Key, SimulatedAttempt> attempts = new HashMap<>();

    SimulatedWork(SimulatedProcess process) {
        this.process = process;
        this.world = process.world();
        this.punctuality = new Punctuality(process);
        this.writer = new ValueWriter(process.store(), LIMITS);
        this.evaluation = new Evaluation(
                Optional.of(new WordLanguage()), new ValueReader(process.store(), LIMITS), writer, secrets, LIMITS);
    }

    Secrets secrets() {
        return secrets;
    }

    ValueWriter writer() {
        return writer;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    private static InputCollector inputs(LiveExecution execution) {
        return (InputCollector) execution.attachment();
    }

    private static String id(LiveExecution execution) {
        return execution.admission().id();
    }

    @Override
    public Order attempt(LiveExecution execution, int task, int attempt, String agent) {
        SimulatedAttempt started = new SimulatedAttempt(
                process, this, execution, task, attempt, inputs(execution).ofTask(execution.state(), task));
        return () -> {
            process.effect();
            attempts.put(new Key(id(execution), task, attempt), started);
            started.start();
        };
    }

    @Override
    public Order evaluation(LiveExecution execution, int task, int generation) {
        TaskInputs inputs = inputs(execution).ofTask(execution.state(), task);
        return () -> {
            process.effect();
            process.in(world.evaluationMicros(), () -> evaluate(execution, task, generation, inputs));
        };
    }

    private void evaluate(LiveExecution execution, int task, int generation, TaskInputs inputs) {
        try {
            boolean holds = evaluation.condition(inputs);
            Evaluation.Items items = holds && inputs.task().items().isPresent()
                    ? evaluation.items(inputs)
                    : new Evaluation.Items(0, StoredValue.NULL);
            process.put(new LoopInput.Decide(
                    execution,
                    at -> new ExecutionCommand.ReportEvaluation(
                            at, task, generation, holds, items.count(), items.list())));
        } catch (ExpressionException e) {
            evaluationFailed(execution, task, generation, ExpressionException.CODE, e);
        } catch (StoreException | IOException e) {
            evaluationFailed(execution, task, generation, "IO", e);
        }
    }

    private void evaluationFailed(LiveExecution execution, int task, int generation, String code, Exception e) {
        Failure failure = Failure.permanent(code, String.valueOf(e.getMessage()));
        world.oracle().reports().evaluationFailed(id(execution), task, generation, failure);
        process.put(new LoopInput.Decide(
                execution, at -> new ExecutionCommand.ReportEvaluationFailed(at, task, generation, failure)));
    }

    @Override
    public Order result(LiveExecution execution) {
        TaskInputs inputs = inputs(execution).ofResult(execution.state());
        return () -> {
            process.effect();
            process.in(world.evaluationMicros(), () -> result(execution, inputs));
        };
    }

    private void result(LiveExecution execution, TaskInputs inputs) {
        try {
            StoredValue result = evaluation.result(inputs);
            process.put(new LoopInput.Decide(execution, at -> new ExecutionCommand.ReportResult(at, result)));
        } catch (ExpressionException | StoreException | IOException e) {
            Failure failure = Failure.permanent(ExpressionException.CODE, String.valueOf(e.getMessage()));
            world.oracle().reports().resultFailed(id(execution), failure);
            process.put(new LoopInput.Decide(execution, at -> new ExecutionCommand.ReportResultFailed(at, failure)));
        }
    }

    @Override
    public void stop(LiveExecution execution, int task, int attempt, StopCause cause) {
        process.effect();
        SimulatedAttempt running = attempts.get(new Key(id(execution), task, attempt));
        if (running == null) {
            throw new Violation(
                    "I15", "attempt %d of task %d is stopped, but was not started".formatted(attempt, task));
        }
        running.stop(cause);
    }

    @Override
    public void abandon(LiveExecution execution, int task, int attempt) {
        SimulatedAttempt running = attempts.get(new Key(id(execution), task, attempt));
        if (running != null) {
            running.abandon();
        }
    }

    @Override
    public void publish(LiveExecution execution, long firstSeq, List<LogEvent> events) {
        process.effect();
        long synced = process.store().syncedSeq(execution.admission().number());
        world.oracle().published(id(execution), firstSeq, events, synced);
        punctuality.published(id(execution), events);
    }

    @Override
    public void unloaded(LiveExecution execution) {
        process.effect();
        world.oracle().lastState(id(execution), execution.state());
    }

    @Override
    public void quarantined(LiveExecution execution, RuntimeException cause) {
        Violation violation = new Violation("G13", "%s could not be decided: %s".formatted(execution, cause));
        violation.initCause(cause);
        throw violation;
    }
}
