package dev.ropewalk.strategy;

import java.util.List;

/// In which order ready tasks go.
///
/// A task's rank is `base + executionBase + slope x seconds of waiting`; the highest goes first. The
/// slope is the same for all tasks of a strategy, so two tasks keep their order while both wait, and
/// the scheduler need not look at them again. What a strategy computes is in effect a *head start*:
/// `base / slope` seconds by which the task is treated as if it had waited longer. Head starts are
/// bounded ([#MAX_HEAD_START_SECONDS]), so no task is overtaken by one that came much later, and none
/// starves, whatever the strategy returns.
///
/// Strategies are called by the engine's one loop: they return at once, keep no state that changes,
/// and block on nothing. One that throws is treated as if it had returned 0.
///
/// Source of the time-invariant order: L. Kleinrock, "A delay dependent queue discipline", Naval
/// Research Logistics Quarterly 11, 1964, with one slope for all.
public interface SchedulingStrategy {

    /// The most by which a task or an execution can be put before or behind the time at which it came.
    long MAX_HEAD_START_SECONDS = 86_400;

    /// How it is chosen, in capitals: `FIFO`, `ADAPTIVE`.
    String name();

    /// The rank that a second of waiting is worth; greater than zero.
    default double slope() {
        return 1;
    }

    /// The task's rank when it has not waited; higher goes first. Asked when the task is queued, and
    /// again when its inputs have changed.
    double base(ReadyTask task, SchedulingContext context);

    /// What is added to the rank of all tasks of an execution. Asked again whenever its progress has
    /// grown by a 32nd.
    default double executionBase(ReadyExecution execution, SchedulingContext context) {
        return 0;
    }

    /// When [#base] is to be asked again although no input has changed, in microseconds since 1970;
    /// [Long#MAX_VALUE] for never.
    default long changesAt(ReadyTask task, SchedulingContext context) {
        return Long.MAX_VALUE;
    }

    /// What makes up the task's rank now; the contributions add up to it.
    default List<Factor> explain(ReadyTask task, SchedulingContext context) {
        return List.of(
                new Factor("base", 1, base(task, context)),
                new Factor("execution", 1, executionBase(task.execution(), context)),
                Factor.waiting(slope(), task.waitedMicros()));
    }
}
