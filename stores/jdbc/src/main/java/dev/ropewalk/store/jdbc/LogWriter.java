package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.Batch.PlanRow;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException.Kind;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Appends batches: one transaction each, which also makes sure that no other owner has taken over. For
/// use by the owner, in its turn.
///
/// What a batch costs is what it cannot do without: a row of the log for each frame, and the row of an
/// execution only if more has changed than its head.
final class LogWriter {
    /// Digests of stored plans to remember: a bound, not a target.
    private static final int PLANS = 1_000;

    private final SqliteLocation location;
    private final Session session;
    private final long epoch;
    private final Heads heads;
    private final Set<ByteBuffer> plans = new HashSet<>();
    private long lastPosition;

    LogWriter(SqliteLocation location, Session session, long epoch, Heads heads) throws SQLException {
        this.location = location;
        this.session = session;
        this.epoch = epoch;
        this.heads = heads;
        this.lastPosition = FrameTable.lastPosition(session);
    }

    /// @return about how many pages it wrote
    long append(Batch batch) throws SQLException {
        List<ExecutionRow> rows = batch.checkFollows(epoch, lastPosition, heads::headSeq);
        session.begin();
        checkOwner();
        long bytes = 0;
        for (PlanRow plan : batch.plans()) {
            if (!plans.contains(ByteBuffer.wrap(plan.digest()))) {
                PlanTable.insert(session, plan);
                bytes += plan.bytes().length;
            }
        }
        for (BlobRef blob : batch.blobs()) {
            BlobTable.insert(session, blob);
        }
        int written = write(rows);
        FrameTable.insert(session, batch.frames());
        for (BalanceRow balance : batch.balances()) {
            BalanceTable.put(session, balance);
            bytes += balance.bytes().length;
        }
        session.commit();
        batch.plans().forEach(this::remember);
        for (Frame frame : batch.frames()) {
            bytes += frame.bytes().length;
        }
        rows.forEach(heads::wrote);
        lastPosition += batch.frames().size();
        return pages(bytes, batch.frames().size(), written);
    }

    /// Spares the next execution of the plan to write it in vain.
    private void remember(PlanRow stored) {
        if (plans.size() >= PLANS) {
            plans.clear();
        }
        plans.add(ByteBuffer.wrap(stored.digest()));
    }

    private void checkOwner() throws SQLException {
        long current = StoreTable.epoch(session);
        if (current != epoch) {
            throw location.problem(
                    Kind.FENCED, "another owner has taken over since (epoch %d, ours is %d)".formatted(current, epoch));
        }
    }

    private int write(List<ExecutionRow> rows) throws SQLException {
        int written = 0;
        for (ExecutionRow row : rows) {
            Optional<ExecutionRow> stored = heads.stored(row.number());
            if (stored.isEmpty()) {
                ExecutionTable.insert(session, row);
                written++;
            } else if (ExecutionTable.differ(stored.get(), row)) {
                ExecutionTable.update(session, row);
                written++;
            }
        }
        return written;
    }

    /// A rough estimate is enough to know when a checkpoint is due: a frame comes with about 80 bytes, a
    /// row of an execution has about 400, and three pages are written in any case.
    private static long pages(long bytes, int frames, int executions) {
        return 3 + (bytes + 80L * frames + 400L * executions) / Checkpointer.PAGE_BYTES;
    }
}
