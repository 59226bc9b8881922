package dev.ropewalk;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a store remembers, read through its indexes: of executions under way and of those that ended.
/// Safe for use by several threads. Also to be had beside another process that owns the store, see
/// [#open(String)].
///
/// An unknown execution is an [EngineException] `EXECUTION_UNKNOWN` with similar ids.
public interface History extends AutoCloseable {

    /// Opens a store for reading, also while another process owns it.
    ///
    /// @throws EngineException `STORE_NOT_FOUND` if there is none
    static History open(String url) {
        return EngineProvider.find().read(url);
    }

    /// An execution in a list.
    ///
    /// @param quarantine why recovery could not load it
    record Execution(
            String id,
            String workflow,
            String version,
            ExecutionStatus status,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            List<String> tags,
            Map<String, @Nullable Object> metadata,
            Optional<String> idempotencyKey,
            Optional<String> errorCode,
            Optional<String> quarantine,
            long events) {}

    /// A task of an execution, as of event `asOfSeq`.
    record Task(
            String path,
            String step,
            String tool,
            TaskStatus status,
            int attempts,
            TaskMetrics metrics,
            Optional<String> errorCode,
            Optional<String> errorMessage,
            boolean hasResult,
            long asOfSeq) {}

    /// Which executions to list; all that is given must hold.
    ///
    /// @param statuses one of these; empty for any
    /// @param metadata top-level keys with these texts
    /// @param before only executions older than this one
    record Filter(
            List<ExecutionStatus> statuses,
            Optional<String> workflow,
            List<String> tags,
            Map<String, String> metadata,
            Optional<String> before,
            int limit) {
        public static Filter newest(int limit) {
            return new Filter(List.of(), Optional.empty(), List.of(), Map.of(), Optional.empty(), limit);
        }
    }

    /// The newest first.
    List<Execution> executions(Filter filter);

    /// The execution with this id, or the only one whose id starts with it.
    Optional<Execution> execution(String idOrPrefix);

    Map<ExecutionStatus, Long> countByStatus();

    /// The plan that the execution runs, as it was compiled when it was submitted, with what its author
    /// said of steps and tasks. Empty if it cannot be read any more.
    Optional<ExecutionPlan> plan(String executionId);

    /// The tasks in order of index.
    List<Task> tasks(String executionId, List<TaskStatus> statuses, int limit);

    /// Events in order, from the records after `afterSeq` on.
    ///
    /// @param limit at least so many events are given if there are as many; a record's events stay
    ///     together
    List<ExecutionEvent> events(String executionId, long afterSeq, int limit);

    /// The latest messages in order.
    List<ExecutionMessage> messages(String executionId, Optional<String> taskPath, int limit);

    /// Messages after the `after`-th that this store ever took, to follow them.
    Messages messagesAfter(String executionId, Optional<String> taskPath, long after, int limit);

    /// A page of messages.
    ///
    /// @param last where the next page starts
    record Messages(List<ExecutionMessage> messages, long last) {}

    /// What the task returned, JSON-like.
    ///
    /// @throws EngineException `TASK_UNKNOWN`, or `NO_RESULT` if it has not returned anything
    @Nullable
    Object taskResult(String executionId, String taskPath);

    /// How the execution ended; empty if it has not.
    Optional<ExecutionResult> result(String executionId);

    /// The names and text of the workflows that are registered.
    List<Workflows.Definition> workflows();

    @Override
    void close();
}
