package dev.ropewalk.monitoring;

import dev.ropewalk.execution.Evolution;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.Phase;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.store.TaskRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One execution as the projection follows it: its state, and which tasks have changed since the last
/// rows were written. For one thread.
final class ProjectedExecution {

    private final long execution;
    private final ExecutionState state;
    private final BitSet changed = new BitSet();
    private long[] resultSeq;

    ProjectedExecution(long execution, ExecutionPlan plan) {
        this.execution = execution;
        this.state = new ExecutionState(plan);
        this.resultSeq = new long[plan.taskCount()];
    }

    boolean ended() {
        return state.status().ended();
    }

    void follow(LogEvent event) {
        Evolution.evolve(state, event);
        switch (event) {
            case LogEvent.ExecutionAccepted _ -> changed.set(0, state.taskCount());
            case LogEvent.TasksQueued e -> e.tasks().forEach(changed::set);
            case LogEvent.TasksCancelled e -> e.tasks().forEach(changed::set);
            case LogEvent.TaskStarted e -> changed.set(e.task());
            case LogEvent.TaskCompleted e -> {
                resultSeq[e.task()] = state.lastSeq();
                changed.set(e.task());
            }
            case LogEvent.CompletionHeld e -> changed.set(e.task());
            case LogEvent.TaskDelayed e -> changed.set(e.task());
            case LogEvent.DelayEnded e -> changed.set(e.task());
            case LogEvent.AttemptFailed e -> changed.set(e.task());
            case LogEvent.AttemptStopped e -> changed.set(e.task());
            case LogEvent.RetryScheduled e -> changed.set(e.task());
            case LogEvent.TaskFailed e -> changed.set(e.task());
            case LogEvent.TaskTimedOut e -> changed.set(e.task());
            case LogEvent.TaskSkipped e -> changed.set(e.task());
            case LogEvent.TaskExpanded e -> {
                changed.set(e.task());
                int before = resultSeq.length;
                resultSeq = Arrays.copyOf(resultSeq, state.taskCount());
                changed.set(before, state.taskCount());
            }
            case LogEvent.StepRetried _ -> {
                Arrays.fill(resultSeq, 0);
                changed.set(0, state.taskCount());
            }
            case LogEvent.ExecutionStarted _,
                    LogEvent.ConditionEvaluated _,
                    LogEvent.DeadlineMissed _,
                    LogEvent.StepRetrying _,
                    LogEvent.ExecutionStopping _,
                    LogEvent.ExecutionCompleted _,
                    LogEvent.ExecutionFailed _,
                    LogEvent.ExecutionCancelled _,
                    LogEvent.ExecutionTimedOut _,
                    LogEvent.RecoveryInitiated _,
                    LogEvent.ResultRejected _ -> {}
        }
    }

    /// The rows of the tasks that have changed since the last call.
    List<TaskRow> drain() {
        List<TaskRow> rows = new ArrayList<>(changed.cardinality());
        changed.stream().filter(state::counted).forEach(task -> rows.add(row(task)));
        changed.clear();
        return rows;
    }

    private TaskRow row(int task) {
        return new TaskRow(
                execution,
                task,
                state.path(task),
                state.plan().step(state.definition(task).step()).path(),
                state.definition(task).tool(),
                state.taskStatus(task).name(),
                state.attempts(task),
                state.generation(task),
                state.queuedAt(task),
                state.startedAt(task),
                state.endedAt(task),
                state.runMicros(task),
                state.taskFailure(task).map(failure -> failure.code()),
                state.taskFailure(task).map(failure -> failure.message()),
                state.agent(task),
                state.phase(task) == Phase.COMPLETED ? resultSeq[task] : 0,
                state.lastSeq());
    }
}
