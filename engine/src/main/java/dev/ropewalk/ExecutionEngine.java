package dev.ropewalk;

import dev.ropewalk.agents.Agents;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.tool.ToolRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs plans: in parallel, within limits, and durably. Safe for use by several threads.
///
/// What an answer says is in the store and synced before the answer is given. Refusals (a full queue,
/// an id that is taken) complete the future with an [EngineException] that has a stable code.
public interface ExecutionEngine extends AutoCloseable {

    /// Opens the SQLite store at `database`, makes it if it is not there, and goes on with the
    /// executions that an earlier process left unfinished.
    ///
    /// @throws EngineException if the store cannot be opened, or another process owns it
    static ExecutionEngine open(Path database) {
        return builder().store("sqlite:" + database).open();
    }

    /// As [#open(Path)] for a store URL: `sqlite:PATH` or `memory:`.
    static ExecutionEngine open(String url) {
        return builder().store(url).open();
    }

    /// An engine whose store is gone when it is closed.
    static ExecutionEngine inMemory() {
        return builder().store("memory:").open();
    }

    static EngineBuilder builder() {
        return new EngineBuilder();
    }

    /// The tools that plans can call.
    ToolRegistry tools();

    /// Those who can run tasks that ask for an agent.
    Agents agents();

    /// The workflows that are registered by name.
    Workflows workflows();

    /// What the store remembers.
    History history();

    /// Accepts the plan; the future completes once that is durable.
    CompletableFuture<Submission> submit(ExecutionPlan plan, SubmitOptions options);

    default CompletableFuture<Submission> submit(ExecutionPlan plan) {
        return submit(plan, SubmitOptions.DEFAULT);
    }

    /// Runs the plan to its end. A failed execution is a result too, see
    /// [ExecutionResult#orElseThrow()].
    CompletableFuture<ExecutionResult> execute(ExecutionPlan plan, SubmitOptions options);

    default CompletableFuture<ExecutionResult> execute(ExecutionPlan plan) {
        return execute(plan, SubmitOptions.DEFAULT);
    }

    /// Runs the newest version of a registered workflow, or the one given as `name@version`.
    ///
    /// @param variables JSON-like values
    CompletableFuture<ExecutionResult> execute(String workflow, Map<String, ? extends @Nullable Object> variables);

    /// Runs one tool as a durable plan of one task.
    ///
    /// @param arguments JSON-like values
    CompletableFuture<ExecutionResult> call(
            String tool, Map<String, ? extends @Nullable Object> arguments, CallOptions options);

    default CompletableFuture<ExecutionResult> call(String tool, Map<String, ? extends @Nullable Object> arguments) {
        return call(tool, arguments, CallOptions.DEFAULT);
    }

    /// Ends an execution early: when the future completes, nothing starts any more; what runs is told
    /// to stop and has the engine's grace to do so.
    CompletableFuture<Void> cancel(String executionId, String reason);

    /// Goes on with an execution that is stored and unfinished; does nothing if it is under way.
    CompletableFuture<Submission> resume(String executionId);

    /// Completes with the result once the execution has ended, at once if it has.
    CompletableFuture<ExecutionResult> completion(String executionId);

    /// Where the execution stands, if there is one with this id.
    Optional<ExecutionStatus> status(String executionId);

    /// The result, if the execution has ended.
    Optional<ExecutionResult> result(String executionId);

    /// The order of tasks that are ready and wait.
    TaskOrder order();

    /// How far the execution is, if it is under way.
    Optional<ExecutionProgress> progress(String executionId);

    /// How far all executions under way are, together.
    ExecutionProgress progress();

    /// Gives every event of the execution to `subscriber`, once and in order, from event `afterSeq`
    /// on (0 for all), with the progress and messages since the update before, at best effort. Ends
    /// after the update with the last event. A slow subscriber holds up nobody and misses no event.
    ///
    /// @return ends the subscription when closed
    Subscription subscribe(String executionId, long afterSeq, Consumer<ExecutionUpdate> subscriber);

    /// The updates as they come, waiting for each; ends after the last. Close it to end it early.
    UpdateStream monitor(String executionId);

    /// Stops starting attempts, tells those that run to stop, waits for them within the grace, and
    /// closes the store. What is unfinished can be resumed.
    @Override
    void close();
}
