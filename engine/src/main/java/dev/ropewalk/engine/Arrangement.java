package dev.ropewalk.engine;

import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.List;
import java.util.function.Consumer;

/// What somebody outside asks of the order in which tasks go. None of it is recorded: it holds as long
/// as the engine is open and the execution in memory.
public sealed interface Arrangement {

    /// Another strategy for what has none of its own.
    record UseStrategy(SchedulingStrategy strategy) implements Arrangement {}

    /// Another priority for a task, whether it is ready already or will be.
    record Reprioritise(LiveExecution execution, int task, Priority priority) implements Arrangement {}

    /// Why a ready task stands where it stands.
    record Explain(LiveExecution execution, int task, Consumer<List<Factor>> factors) implements Arrangement {}
}
