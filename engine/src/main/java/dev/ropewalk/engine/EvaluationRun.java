package dev.ropewalk.engine;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.TaskInputs;
import java.io.IOException;
import java.util.function.LongFunction;

/// Evaluates a task's condition and, if it holds, the items of a `forEach`, and reports the verdict.
final class EvaluationRun implements Runnable {

    private final AttemptContext context;
    private final LiveExecution execution;
    private final int task;
    private final int generation;
    private final TaskInputs inputs;
    private final boolean expands;

    EvaluationRun(
            AttemptContext context,
            LiveExecution execution,
            int task,
            int generation,
            TaskInputs inputs,
            boolean expands) {
        this.context = context;
        this.execution = execution;
        this.task = task;
        this.generation = generation;
        this.inputs = inputs;
        this.expands = expands;
    }

    @Override
    public void run() {
        LongFunction<ExecutionCommand> verdict;
        Throwable thrown = null;
        try {
            verdict = verdict();
        } catch (Throwable e) {
            thrown = e;
            Failure failure = context.failures().ofEvaluation("", e);
            verdict = at -> new ExecutionCommand.ReportEvaluationFailed(at, task, generation, failure);
        }
        context.inbox().put(new LoopInput.Decide(execution, verdict));
        FailureWords.rethrowIfFatal(thrown);
    }

    private LongFunction<ExecutionCommand> verdict() throws ExpressionException, IOException {
        boolean holds = context.evaluation().condition(inputs);
        Evaluation.Items items =
                holds && expands ? context.evaluation().items(inputs) : new Evaluation.Items(0, StoredValue.NULL);
        return at -> new ExecutionCommand.ReportEvaluation(at, task, generation, holds, items.count(), items.list());
    }
}
