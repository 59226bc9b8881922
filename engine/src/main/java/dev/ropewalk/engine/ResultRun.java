package dev.ropewalk.engine;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.value.TaskInputs;
import java.io.IOException;
import java.util.function.LongFunction;

/// Evaluates the plan's result when every task has ended.
record ResultRun(AttemptContext context, LiveExecution execution, TaskInputs inputs) implements Runnable {

    @Override
    public void run() {
        context.inbox().put(new LoopInput.Decide(execution, command()));
    }

    private LongFunction<ExecutionCommand> command() {
        try {
            StoredValue result = context.evaluation().result(inputs);
            return at -> new ExecutionCommand.ReportResult(at, result);
        } catch (ExpressionException e) {
            return failed(ExpressionException.CODE, e);
        } catch (StoreException e) {
            return failed(e.code(), e);
        } catch (IOException e) {
            return failed("IO", e);
        } catch (RuntimeException e) {
            return failed("INTERNAL", e);
        }
    }

    private LongFunction<ExecutionCommand> failed(String code, Exception e) {
        Failure failure = Failure.permanent(
                code, "the plan's result: " + context.secrets().redact(String.valueOf(e.getMessage())));
        return at -> new ExecutionCommand.ReportResultFailed(at, failure);
    }
}
