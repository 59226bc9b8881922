package dev.ropewalk.engine;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.strategy.StrategySwitch;
import java.util.List;

/// What the loop has done outside of itself. The engine does it on virtual threads, the simulator in
/// its own order.
///
/// `attempt`, `evaluation` and `result` are called on the loop and copy what they need from the
/// execution's state; what they return is started once the batch that holds the decision is durable.
/// Outcomes come back as inputs of the loop.
public interface Work {

    /// Something that is started when its batch is durable. Must not block.
    @FunctionalInterface
    interface Order {
        void start();
    }

    /// @param agent who runs it; empty for whoever has the tool
    Order attempt(LiveExecution execution, int task, int attempt, String agent);

    /// Evaluates a task's condition and items.
    Order evaluation(LiveExecution execution, int task, int generation);

    /// Evaluates the plan's result.
    Order result(LiveExecution execution);

    /// Tells an attempt to stop; it reports its end by itself. Must not block.
    void stop(LiveExecution execution, int task, int attempt, LiveExecution.StopCause cause);

    /// Gives up an attempt that did not end within its grace; what it reports later is rejected.
    void abandon(LiveExecution execution, int task, int attempt);

    /// Events of an execution have become durable. Called in the order of their numbers.
    void publish(LiveExecution execution, long firstSeq, List<LogEvent> events);

    /// The execution is not in memory any more; its state no longer changes.
    void unloaded(LiveExecution execution);

    /// The order of ready tasks is another one. Must not block.
    default void strategyChanged(StrategySwitch change) {}

    /// An exception was thrown while deciding for the execution, which is no longer loaded.
    void quarantined(LiveExecution execution, RuntimeException cause);
}
