package dev.ropewalk;

import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Factor;
import java.util.List;

/// In which order an engine's ready tasks go, to change and to look at while it runs. What is changed is
/// not recorded: it holds as long as the engine is open. Safe for use by several threads.
public interface TaskOrder {

    /// Orders ready tasks by another strategy, but for runs and pools that have one of their own.
    ///
    /// @throws EngineException `STRATEGY_UNKNOWN`
    void useStrategy(String name);

    /// Gives a task of an execution under way another priority, whether it waits already or will.
    ///
    /// @param task its path in the plan
    /// @throws EngineException `EXECUTION_UNKNOWN` if it is not under way, `TASK_UNKNOWN`
    void reprioritise(String executionId, String task, Priority priority);

    /// What makes up the rank of a task that is ready and waits, each with weight and value; the
    /// contributions add up to the rank. Empty if it does not wait.
    ///
    /// @param task its path in the plan
    /// @throws EngineException `EXECUTION_UNKNOWN` if it is not under way, `TASK_UNKNOWN`
    List<Factor> explain(String executionId, String task);
}
