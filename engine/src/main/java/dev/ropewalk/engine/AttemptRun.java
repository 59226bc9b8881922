package dev.ropewalk.engine;

import dev.ropewalk.agents.AgentLostException;
import dev.ropewalk.engine.LiveExecution.StopCause;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.Usage;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.TaskInputs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One attempt on its thread: evaluates the arguments, calls the tool, records the result where it
/// belongs, and reports what came of it, exactly once.
final class AttemptRun implements Runnable {

    private final AttemptContext context;
    private final LiveExecution execution;
    private final int task;
    private final TaskInputs inputs;
    private final RunningAttempt call;

    /// Who runs it; empty for nobody in particular.
    private final String agent;

    private String inputDigest = "";

    AttemptRun(
            AttemptContext context,
            LiveExecution execution,
            int task,
            TaskInputs inputs,
            RunningAttempt call,
            String agent) {
        this.context = context;
        this.execution = execution;
        this.task = task;
        this.inputs = inputs;
        this.call = call;
        this.agent = agent;
    }

    @Override
    public void run() {
        long started = System.nanoTime();
        Outcome outcome;
        Throwable thrown = null;
        try {
            outcome = attempt();
        } catch (Throwable e) {
            thrown = e;
            outcome = failed(e);
        }
        long micros = (System.nanoTime() - started) / 1_000;
        try {
            call.end();
        } finally {
            context.inbox().put(new LoopInput.Decide(execution, command(outcome, micros)));
        }
        FailureWords.rethrowIfFatal(thrown);
    }

    private sealed interface Outcome {}

    private record Success(StoredValue result, List<Usage> usage) implements Outcome {}

    private record Failed(Failure failure, List<Usage> usage) implements Outcome {}

    private record Stopped(AttemptEnd end, Optional<StoredValue> checkpoint) implements Outcome {}

    private Outcome attempt() throws Exception {
        String name = inputs.task().tool();
        if (name.equals(PlannedTask.VALUE_TOOL)) {
            return new Success(context.evaluation().value(inputs), List.of());
        }
        Evaluation.Arguments arguments = context.evaluation().arguments(inputs);
        inputDigest = arguments.digest();
        call.runOn(Thread.currentThread()); // from here: to find a tool can mean to start its server
        Tool tool = tool(name);
        Map<String, @Nullable Object> revealed = context.secrets().reveal(arguments.values());
        context.argumentCheck().check(tool.descriptor(), revealed);
        call.with(revealed);
        ToolResult result = tool.call(call);
        Object value = context.secrets().redact(result.value());
        return new Success(context.writer().write(call.executionId(), value, "result"), result.usage());
    }

    private Tool tool(String name) throws AgentLostException, ToolException {
        Optional<Tool> own =
                agent.isEmpty() ? Optional.empty() : context.agents().tool(agent, name);
        return own.isPresent() ? own.get() : context.tools().find(name).orElseThrow(() -> unknown(name));
    }

    private static ToolException unknown(String name) {
        return ToolException.permanent(
                "TOOL_NOT_FOUND",
                "there is no tool \"%s\"; list those there are with `ropewalk tools`".formatted(name));
    }

    /// An attempt that was told to stop and failed has failed because of that.
    private Outcome failed(Throwable thrown) {
        List<Usage> usage = thrown instanceof ToolException e ? e.usage() : List.of();
        StopCause cause = call.stopCause().orElse(null);
        if (cause == null && thrown instanceof AgentLostException) {
            call.log(MessageLevel.WARNING, String.valueOf(thrown.getMessage()));
            return new Stopped(AttemptEnd.LOST, checkpoint());
        }
        if (cause == null) {
            return new Failed(context.failures().ofAttempt(thrown), usage);
        }
        return switch (cause) {
            case TIMEOUT -> new Failed(timeout(), usage);
            case CANCELLED -> new Stopped(AttemptEnd.CANCELLED, Optional.empty());
            case STEP_RETRY -> new Stopped(AttemptEnd.STEP_RETRY, Optional.empty());
            case DEADLINE -> new Stopped(AttemptEnd.DEADLINE, Optional.empty());
            case AGENT_LOST -> new Stopped(AttemptEnd.LOST, checkpoint());
            case PREEMPTED -> new Stopped(AttemptEnd.PREEMPTED, checkpoint());
            case SHUTDOWN -> new Stopped(AttemptEnd.SHUTDOWN, checkpoint());
        };
    }

    /// What the tool saved for the next attempt. One that cannot be recorded is as good as none: the next
    /// attempt then starts from the beginning.
    private Optional<StoredValue> checkpoint() {
        Optional<Object> saved = call.savedCheckpoint();
        if (saved.isEmpty()) {
            return Optional.empty();
        }
        try {
            Object value = context.secrets().redact(saved.get());
            return Optional.of(context.writer().write(call.executionId(), value, "checkpoint"));
        } catch (IOException | RuntimeException e) {
            call.log(MessageLevel.WARNING, "the checkpoint cannot be recorded: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Failure timeout() {
        return Failure.retryable(
                Failure.TIMEOUT,
                "did not end within its timeout of %d ms"
                        .formatted(inputs.task().timeoutMicros() / 1_000));
    }

    private LongFunction<ExecutionCommand> command(Outcome outcome, long micros) {
        int attempt = call.attempt();
        return switch (outcome) {
            case Success(StoredValue result, List<Usage> usage) ->
                at -> new ExecutionCommand.ReportSuccess(at, task, attempt, result, inputDigest, micros, uses(usage));
            case Failed(Failure failure, List<Usage> usage) ->
                at -> new ExecutionCommand.ReportFailure(at, task, attempt, failure, inputDigest, micros, uses(usage));
            case Stopped(AttemptEnd end, Optional<StoredValue> checkpoint) ->
                at -> new ExecutionCommand.ReportStopped(at, task, attempt, end, checkpoint);
        };
    }

    private static List<ResourceUse> uses(List<Usage> usage) {
        return usage.isEmpty()
                ? List.of()
                : usage.stream()
                        .map(use -> new ResourceUse(use.type(), use.unit(), use.milliAmount(), use.microCost()))
                        .toList();
    }
}
