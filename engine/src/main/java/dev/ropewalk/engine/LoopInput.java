package dev.ropewalk.engine;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// What comes to the loop from outside. Answers go to consumers that must not block.
public sealed interface LoopInput {

    /// @param attachment what [Work] keeps with the execution; the loop does not look at it
    /// @param checkedAt the loop's count of unloaded executions before the store was asked whether the
    ///     id or the key is taken
    record Submit(
            Admission admission,
            ExecutionPlan plan,
            PlanFacts facts,
            Object attachment,
            long seed,
            long checkedAt,
            Consumer<Answer> answer)
            implements LoopInput {}

    /// Something to decide, stamped with the loop's time.
    record Decide(LiveExecution execution, LongFunction<ExecutionCommand> command) implements LoopInput {}

    record Cancel(String namespace, String id, String reason, Consumer<Answer> answer) implements LoopInput {}

    /// An execution loaded from the log goes on, or ends at once.
    ///
    /// @param checkedAt the loop's count of unloaded executions before the execution's row was read
    /// @param cancel why it is cancelled before anything of it starts again
    record Adopt(
            Admission admission,
            ExecutionState state,
            PlanFacts facts,
            Object attachment,
            byte[] headDigest,
            long epoch,
            long checkedAt,
            Optional<String> cancel,
            Consumer<Answer> answer)
            implements LoopInput {}

    /// Looks at an execution in memory; the answer is given when what it saw is durable.
    record Look(String namespace, String id, Consumer<LiveExecution> look, Consumer<Answer> answer)
            implements LoopInput {}

    /// Looks at all executions in memory, which may be ahead of what is durable: for figures only.
    record LookAll(Consumer<List<LiveExecution>> look) implements LoopInput {}

    /// Something has happened to the agents.
    record ChangeAgents(AgentChange change) implements LoopInput {}

    /// Changes the order of ready tasks, or looks at it.
    ///
    /// @param done runs when that has been done
    record Arrange(Arrangement arrangement, Runnable done) implements LoopInput {}

    record Synced(PendingBatch batch) implements LoopInput {}

    record SyncFailed(StoreException cause) implements LoopInput {}

    /// The writer found no space and tries again, or has found space.
    record Space(boolean full) implements LoopInput {}

    /// No attempt starts any more; those that run are told to stop.
    record Shutdown(Runnable idle) implements LoopInput {}

    /// What an input came to.
    sealed interface Answer {
        /// Done, and durable.
        ///
        /// @param known whether a submit was a repeated one
        record Done(String id, boolean known) implements Answer {}

        /// @param code stable
        record Refused(String code, String message, String remedy) implements Answer {}

        /// Look in the store again: the execution is not in memory, or was unloaded since.
        record NotHere() implements Answer {}
    }
}
