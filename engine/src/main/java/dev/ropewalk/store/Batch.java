package dev.ropewalk.store;

import dev.ropewalk.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/// What is written in one transaction.
///
/// @param frames in order of position; each execution at most once
/// @param executions the row of each execution that has a frame, as it is after the frame; those that are new are
/// inserted
/// @param plans the plans of the new executions; one that is already stored is left as it is
/// @param blobs the blobs that the frames refer to
/// @param balances what rates and budgets have used up after the frames, each key at most once; one that
///     is stored is replaced
public record Batch(
        List<Frame> frames,
        List<ExecutionRow> executions,
        List<PlanRow> plans,
        List<BlobRef> blobs,
        List<BalanceRow> balances) {

    /// Without balances that have changed.
    public Batch(List<Frame> frames, List<ExecutionRow> executions, List<PlanRow> plans, List<BlobRef> blobs) {
        this(frames, executions, plans, blobs, List.of());
    }

    /// What [#checkFollows] is told of an execution that is not stored yet.
    public static final long NEW = -1;

    /// @param digest SHA-256 of `bytes`
    public record PlanRow(byte[] digest, int format, byte[] bytes) {}

    /// Every store calls this before it writes: whether the batch goes on exactly where the log ends,
    /// in the name of the owner.
    ///
    /// @param epoch of the owner
    /// @param lastPosition of the log
    /// @param headSeq from an execution's number to its last event's, or [#NEW]
    /// @return the rows in the order of the frames
    /// @throws StoreException `FENCED` for a frame of another epoch, else `CONFLICT`
    public List<ExecutionRow> checkFollows(long epoch, long lastPosition, LongUnaryOperator headSeq) {
        List<ExecutionRow> rows = inOrderOfFrames();
        long position = lastPosition;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.epoch() != epoch) {
                throw new StoreException(
                        Kind.FENCED, "a frame of epoch %d, but the owner's is %d".formatted(frame.epoch(), epoch));
            }
            if (frame.position() != ++position) {
                throw new StoreException(
                        Kind.CONFLICT, "a frame for position %d, next is %d".formatted(frame.position(), position));
            }
            long head = headSeq.applyAsLong(frame.execution());
            if (frame.firstSeq() != (head == NEW ? 1 : head + 1) || frame.count() < 1) {
                throw new StoreException(
                        Kind.CONFLICT,
                        "execution %d: a frame of %d events from number %d, but %s"
                                .formatted(
                                        frame.execution(),
                                        frame.count(),
                                        frame.firstSeq(),
                                        head == NEW ? "it is not stored" : "its last is " + head));
            }
            if (rows.get(i).headSeq() != frame.lastSeq()) {
                throw new StoreException(
                        Kind.CONFLICT,
                        "execution %d: the row says that its last event is %d, the frame %d"
                                .formatted(frame.execution(), rows.get(i).headSeq(), frame.lastSeq()));
            }
        }
        return rows;
    }

    private List<ExecutionRow> inOrderOfFrames() {
        Map<Long, ExecutionRow> byNumber = HashMap.newHashMap(executions.size());
        for (ExecutionRow row : executions) {
            byNumber.put(row.number(), row);
        }
        List<ExecutionRow> rows = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            ExecutionRow row = byNumber.remove(frame.execution());
            if (row == null) {
                throw new StoreException(
                        Kind.CONFLICT,
                        "execution %d has a second frame in the batch, or no row".formatted(frame.execution()));
            }
            rows.add(row);
        }
        if (!byNumber.isEmpty()) {
            throw new StoreException(Kind.CONFLICT, "executions " + byNumber.keySet() + " have a row but no frame");
        }
        return rows;
    }
}
