package dev.ropewalk.engine;

/// Makes batches durable, one at a time. When one is, its effects are released and the loop gets
/// [LoopInput.Synced].
public interface Log {

    /// Hands over a batch; the one before is durable. Returns at once, unless [#inline()].
    void write(PendingBatch batch);

    /// Whether `write` returns only when the batch is durable and its effects are released; then there
    /// is no [LoopInput.Synced].
    boolean inline();
}
