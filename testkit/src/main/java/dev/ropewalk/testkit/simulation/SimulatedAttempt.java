package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.LiveExecution;
import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.engine.LoopInput;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.testkit.simulation.ToolScript.AfterStop;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.TaskInputs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One attempt of a simulated tool.
final class SimulatedAttempt {

    private final SimulatedProcess process;
    private final SimulatedWork work;
    private final Simulation world;
    private final LiveExecution execution;
    private final String id;
    private final String path;
    private final int task;
    private final int attempt;
    private final int generation;
    private final TaskInputs inputs;
    private final ToolScript script;
    private String inputDigest = "";
    private long startedAt;
    private long stoppedAt;
    private @Nullable StopCause stopped;
    private Map<String, @Nullable Object> arguments = Map.of();
    private boolean abandoned;
    private boolean ended;

    SimulatedAttempt(
            SimulatedProcess process,
            SimulatedWork work,
            LiveExecution execution,
            int task,
            int attempt,
            TaskInputs inputs) {
        this.process = process;
        this.work = work;
        this.world = process.world();
        this.execution = execution;
        this.id = execution.admission().id();
        this.path = execution.state().path(task);
        this.task = task;
        this.attempt = attempt;
        this.generation = execution.state().generation(task);
        this.inputs = inputs;
        this.script = ToolScript.draw(
                SeededRandom.of(world.options().seed(), id.hashCode(), path.hashCode(), generation, attempt),
                world.options().faults());
    }

    void start() {
        world.oracle().attemptStarts(id, task, attempt);
        if (startedAt != 0) {
            throw new Violation("I10", "%s: attempt %d of %s is started twice".formatted(id, attempt, path));
        }
        startedAt = world.clock().micros();
        long timeout = inputs.task().timeoutMicros();
        if (timeout > 0) {
            process.in(timeout + Simulation.PATIENCE_MICROS, this::expectStopped);
        }
        in(script.delayMicros(), this::call);
    }

    /// As [SimulatedProcess#in]; what a tool does does not end with the engine that called it.
    private void in(long micros, Runnable action) {
        world.clock().in(micros, action);
    }

    private void expectStopped() {
        if (!ended && stopped == null) {
            throw new Violation(
                    "I11", "%s: attempt %d of %s was not stopped at its timeout".formatted(id, attempt, path));
        }
    }

    private void call() {
        if (ended || !process.isAlive()) {
            return;
        }
        try {
            if (inputs.task().tool().equals(PlannedTask.VALUE_TOOL)) {
                succeed(work.evaluation().value(inputs));
                return;
            }
            Evaluation.Arguments evaluated = work.evaluation().arguments(inputs);
            inputDigest = evaluated.digest();
            arguments = work.secrets().reveal(evaluated.values());
            world.oracle().argumentsSeen(id, task, attempt, arguments);
            if (script.runMicros() == ToolScript.HANG_MICROS) {
                world.count(Fault.HANG);
            }
            in(script.runMicros(), this::finish);
        } catch (ExpressionException e) {
            fail(Failure.permanent(ExpressionException.CODE, String.valueOf(e.getMessage())));
        } catch (ToolException | StoreException | IOException e) {
            fail(Failure.retryable("IO", String.valueOf(e.getMessage())));
        }
    }

    private void finish() {
        if (ended) {
            return;
        }
        if (!process.isAlive()) {
            world.count(Fault.ORPHAN_REPORT);
            return;
        }
        if (stopped != null && script.afterStop() == AfterStop.GOES_ON) {
            world.count(Fault.IGNORED_STOP);
        }
        if (script.failure().isPresent()) {
            Failure failure = script.failure().get();
            world.count(failure.retryable() ? Fault.TOOL_FAILURE : Fault.PERMANENT_FAILURE);
            if (failure.retryAfterMicros() > 0) {
                world.count(Fault.RETRY_AFTER);
            }
            fail(failure);
        } else {
            returnResult();
        }
    }

    private void returnResult() {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("by", path + "#" + attempt);
        value.put("of", (long) arguments.size());
        value.put("echo", work.secrets().redact(String.valueOf(arguments)));
        if (script.large()) {
            world.count(Fault.LARGE_RESULT);
            value.put("much", "x".repeat(1_000));
        }
        try {
            succeed(work.writer().write(id, value, "result"));
        } catch (StoreException | IOException e) {
            fail(Failure.retryable("IO", String.valueOf(e.getMessage())));
        }
    }

    void stop(StopCause cause) {
        if (ended || stopped != null) {
            return;
        }
        long now = world.clock().micros();
        long timeout = inputs.task().timeoutMicros();
        if (cause == StopCause.TIMEOUT && (timeout == 0 || now - startedAt < timeout)) {
            throw new Violation(
                    "I11", "%s: attempt %d of %s times out after %d µs".formatted(id, attempt, path, now - startedAt));
        }
        stopped = cause;
        stoppedAt = now;
        switch (script.afterStop()) {
            case STOPS -> process.in(script.stopMicros(), this::endAsTold);
            case RETURNS_RESULT ->
                process.in(script.stopMicros(), () -> {
                    if (!ended) {
                        world.count(Fault.RESULT_AFTER_STOP);
                        returnResult();
                    }
                });
            case GOES_ON -> {}
        }
    }

    private void endAsTold() {
        if (!ended) {
            fail(Failure.retryable("INTERRUPTED", "told to stop"));
        }
    }

    void abandon() {
        long now = world.clock().micros();
        if (stopped != null && !process.loop().failed() && now - stoppedAt < process.graceMicros()) {
            throw new Violation(
                    "I11",
                    "%s: attempt %d of %s is given up after %d µs".formatted(id, attempt, path, now - stoppedAt));
        }
        abandoned = true;
        world.oracle().reports().abandoned(id, task, attempt);
    }

    private void succeed(StoredValue result) {
        lie(result);
        world.oracle().reports().success(id, task, attempt, result, inputDigest);
        long micros = world.clock().micros() - startedAt;
        String digest = inputDigest;
        report(at -> new ExecutionCommand.ReportSuccess(at, task, attempt, result, digest, micros, usage()));
    }

    private List<ResourceUse> usage() {
        return inputs.task().needs().groups().isEmpty() ? List.of() : script.usage();
    }

    /// Results of attempts that do not run; nobody may believe them.
    private void lie(StoredValue result) {
        if (script.falseAttempt() && stopped == null && process.isAlive()) {
            world.count(Fault.FALSE_ATTEMPT);
            for (int claimed : new int[] {attempt - 1, attempt + 1}) {
                process.put(new LoopInput.Decide(
                        execution,
                        at -> new ExecutionCommand.ReportSuccess(at, task, claimed, result, "", 0, List.of())));
            }
        }
    }

    /// An attempt that was told to stop and failed has failed because of that.
    private void fail(Failure failure) {
        StopCause cause = stopped;
        if (cause == null || cause == StopCause.TIMEOUT) {
            Failure reported = cause == null ? failure : Failure.retryable(Failure.TIMEOUT, "did not end in time");
            world.oracle().reports().failure(id, task, attempt, reported);
            long micros = world.clock().micros() - startedAt;
            String digest = inputDigest;
            report(at -> new ExecutionCommand.ReportFailure(at, task, attempt, reported, digest, micros, usage()));
            return;
        }
        AttemptEnd end = switch (cause) {
            case CANCELLED, TIMEOUT -> AttemptEnd.CANCELLED;
            case STEP_RETRY -> AttemptEnd.STEP_RETRY;
            case DEADLINE -> AttemptEnd.DEADLINE;
            case PREEMPTED -> AttemptEnd.PREEMPTED;
            case AGENT_LOST -> AttemptEnd.LOST;
            case SHUTDOWN -> AttemptEnd.SHUTDOWN;
        };
        world.oracle().reports().stopped(id, task, attempt);
        report(at -> new ExecutionCommand.ReportStopped(at, task, attempt, end));
    }

    private void report(LongFunction<ExecutionCommand> command) {
        ended = true;
        if (abandoned) {
            world.count(Fault.LATE_RESULT);
        }
        process.put(new LoopInput.Decide(execution, command));
        if (script.twice()) {
            world.count(Fault.RESULT_TWICE);
            process.in(
                    world.random().skewed(1, 1_000_000), () -> process.put(new LoopInput.Decide(execution, command)));
        }
    }
}
