package dev.ropewalk.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What can be read from a store, by its owner or beside it. Safe for use by several threads; each
/// call sees one consistent state, which includes everything that was appended before the call.
///
/// Every method may throw a [StoreException].
public interface StoreReader extends AutoCloseable {

    /// Identifies the store for ever: made when it was created, letters and digits.
    String id();

    Optional<ExecutionRow> execution(String namespace, String id);

    Optional<ExecutionRow> executionByKey(String namespace, String idempotencyKey);

    /// The rows that `query` asks for, the newest first.
    List<ExecutionRow> executions(ExecutionQuery query);

    /// How many executions there are in each [ExecutionRow#shownStatus()].
    java.util.Map<String, Long> countByStatus(String namespace);

    /// Every execution that is neither ended nor quarantined, the oldest first.
    List<ExecutionRow> unfinished();

    /// The frames of one execution in order, from the one that holds `fromSeq` on.
    ///
    /// @param limit at most so many frames
    List<Frame> frames(long execution, long fromSeq, int limit);

    /// The frames of all executions with a position greater than `position`, in order of position.
    List<Frame> framesAfter(long position, int limit);

    /// The highest position in the log; 0 if it is empty.
    long lastPosition();

    /// The encoded plan with this digest (SHA-256 of its bytes).
    Optional<byte[]> plan(byte[] digest);

    /// The projected tasks that `query` asks for, in order of index.
    List<TaskRow> tasks(TaskQuery query);

    /// Up to which position tasks are projected.
    long projectedPosition();

    /// The bytes of a blob.
    ///
    /// @return a stream that throws a [StoreException] of kind `CORRUPT` at its end if the bytes are
    ///     not those of [BlobRef#sha256()]: what was read before must not be used then
    /// @throws StoreException `CORRUPT` if it is missing or its size is not the one stated
    InputStream blob(BlobRef ref);

    /// What rates and budgets have used up, as the last batch left it; in order of key.
    List<BalanceRow> balances();

    /// Every registered workflow in order of name, the versions of one in the order of registration.
    List<WorkflowRow> workflows(String namespace);

    /// The workflow with this name: the given version, or the one registered last if it is empty.
    Optional<WorkflowRow> workflow(String namespace, String name, String version);

    /// Messages of an execution in order of number, from `afterNumber` (exclusive) on.
    List<MessageRow> messages(long execution, Optional<String> taskPath, long afterNumber, int limit);

    @Override
    void close();
}
