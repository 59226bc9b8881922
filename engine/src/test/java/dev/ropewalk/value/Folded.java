package dev.ropewalk.value;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.ExecutionDecider;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanBuilder;
import java.util.ArrayList;
import java.util.List;

/// An execution in the making: a state to which events are applied as commands are decided.
final class Folded {

    final ExecutionPlan plan;
    final ExecutionState state;
    final InputCollector collector;

    Folded(PlanBuilder builder) {
        plan = builder.build(new PathLanguage());
        state = new ExecutionState(plan);
        collector = new InputCollector(PlanReferences.of(plan));
        decide(new ExecutionCommand.Accept(1, "run-1", 7, "digest"));
        decide(new ExecutionCommand.Start(1_700_000_000_123_456L));
    }

    Folded done(String path, String json) {
        return done(path, new StoredValue.Inline(Payload.json(json)));
    }

    Folded done(String path, StoredValue result) {
        return done(task(path), result);
    }

    Folded done(int task, StoredValue result) {
        decide(new ExecutionCommand.StartTask(1, task));
        decide(new ExecutionCommand.ReportSuccess(1, task, state.attempts(task), result, "", 0, List.of()));
        return this;
    }

    Folded failed(String path) {
        int task = start(path);
        Failure failure = Failure.permanent("BROKEN", "broken");
        decide(new ExecutionCommand.ReportFailure(1, task, state.attempts(task), failure, "", 0, List.of()));
        return this;
    }

    Folded skipped(String path) {
        decide(new ExecutionCommand.ReportEvaluation(1, task(path), generation(path), false, 0, StoredValue.NULL));
        return this;
    }

    Folded evaluationFailed(String path) {
        Failure failure = Failure.permanent(Failure.EXPRESSION, "no list");
        decide(new ExecutionCommand.ReportEvaluationFailed(1, task(path), generation(path), failure));
        return this;
    }

    Folded holds(String path) {
        decide(new ExecutionCommand.ReportEvaluation(1, task(path), generation(path), true, 0, StoredValue.NULL));
        return this;
    }

    Folded expanded(String path, int count, StoredValue items) {
        decide(new ExecutionCommand.ReportEvaluation(1, task(path), generation(path), true, count, items));
        return this;
    }

    Folded expanded(String path, int count, String items) {
        return expanded(path, count, new StoredValue.Inline(Payload.json(items)));
    }

    /// The address of a task or of an item's, as people see it.
    int task(String path) {
        for (int task = 0; task < state.taskCount(); task++) {
            if (state.path(task).equals(path)) {
                return task;
            }
        }
        throw new AssertionError("there is no task " + path);
    }

    TaskInputs inputs(String path) {
        return collector.ofTask(state, task(path));
    }

    TaskInputs resultInputs() {
        return collector.ofResult(state);
    }

    private int generation(String path) {
        return state.generation(task(path));
    }

    private int start(String path) {
        int task = task(path);
        decide(new ExecutionCommand.StartTask(1, task));
        return task;
    }

    private void decide(ExecutionCommand command) {
        ExecutionDecider.decide(state, command, new ArrayList<>());
    }
}
