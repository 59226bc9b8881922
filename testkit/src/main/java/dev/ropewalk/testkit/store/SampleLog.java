package dev.ropewalk.testkit.store;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import java.util.ArrayList;
import java.util.List;

/// Writes sample executions to a store, as an engine would.
public final class SampleLog {
    private final Store store;
    private long position;
    private long number;

    /// Goes on where the store ends.
    public SampleLog(Store store) {
        this.store = store;
        this.position = store.lastPosition();
        this.number = store.lastExecutionNumber();
    }

    /// A new execution, not stored yet.
    public SampleExecution execution() {
        return new SampleExecution(++number);
    }

    /// One frame of `events` events for each of `executions`.
    public Batch batch(int events, SampleExecution... executions) {
        return batch(events, List.of(executions), List.of());
    }

    public Batch batch(int events, List<SampleExecution> executions, List<BlobRef> blobs) {
        List<Frame> frames = new ArrayList<>();
        for (SampleExecution execution : executions) {
            frames.add(execution.frame(++position, store.epoch(), events));
        }
        return new Batch(
                frames,
                executions.stream().map(SampleExecution::row).toList(),
                executions.stream().map(SampleExecution::planRow).toList(),
                blobs);
    }

    /// One frame of an event for `execution`, with what it leaves of rates and budgets.
    public Batch batch(SampleExecution execution, BalanceRow... balances) {
        Batch batch = batch(1, execution);
        return new Batch(batch.frames(), batch.executions(), batch.plans(), batch.blobs(), List.of(balances));
    }

    /// Appends one frame of `events` events for each of `executions`.
    public void append(int events, SampleExecution... executions) {
        store.append(batch(events, executions));
    }
}
