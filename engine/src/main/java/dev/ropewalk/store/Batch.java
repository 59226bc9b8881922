package dev.ropewalk.store;

import java.util.List;

/// What is written in one transaction.
///
/// @param frames in order of position; each execution at most once
/// @param executions the row of each execution that has a frame, as it is after the frame; those that
///     are new are inserted
/// @param plans the plans of the new executions; one that is already stored is left as it is
/// @param blobs the blobs that the frames refer to
public record Batch(List<Frame> frames, List<ExecutionRow> executions, List<PlanRow> plans, List<BlobRef> blobs) {

    /// @param digest SHA-256 of `bytes`
    public record PlanRow(byte[] digest, int format, byte[] bytes) {}
}
