package dev.ropewalk.engine;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.value.TaskInputs;
import java.util.function.LongFunction;

/// Evaluates the plan's result when every task has ended.
record ResultRun(AttemptContext context, LiveExecution execution, TaskInputs inputs) implements Runnable {

    @Override
    public void run() {
        LongFunction<ExecutionCommand> report;
        Throwable thrown = null;
        try {
            StoredValue result = context.evaluation().result(inputs);
            report = at -> new ExecutionCommand.ReportResult(at, result);
        } catch (Throwable e) {
            thrown = e;
            Failure failure = context.failures().ofEvaluation("the plan's result: ", e);
            report = at -> new ExecutionCommand.ReportResultFailed(at, failure);
        }
        context.inbox().put(new LoopInput.Decide(execution, report));
        FailureWords.rethrowIfFatal(thrown);
    }
}
