package dev.ropewalk.engine;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.log.EventCodec;
import dev.ropewalk.log.FrameChain;
import dev.ropewalk.resource.Balance;
import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import dev.ropewalk.value.BlobRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns what the loop decided into frames, makes them durable, and then releases the effects. Used by
/// one thread at a time.
public final class LogAppender {

    private final Store store;
    private final Work work;
    private long lastPosition;

    public LogAppender(Store store, Work work) {
        this.store = store;
        this.work = work;
        this.lastPosition = store.lastPosition();
    }

    /// Encodes `pending` and chains its frames. Call once for each batch, in order.
    Batch encode(PendingBatch pending) {
        List<Frame> frames = new ArrayList<>(pending.drafts().size());
        List<ExecutionRow> rows = new ArrayList<>(pending.drafts().size());
        List<Batch.PlanRow> plans = new ArrayList<>(0);
        List<BlobRef> blobs = new ArrayList<>(0);
        for (PendingBatch.Draft draft : pending.drafts()) {
            Frame frame = frame(draft);
            draft.execution().headDigest = frame.digest();
            frames.add(frame);
            rows.add(row(draft, frame));
            draft.events().forEach(event -> addBlob(event, blobs));
            if (draft.isNew()) {
                Admission admission = draft.execution().admission();
                admission
                        .planBytes()
                        .ifPresent(bytes -> plans.add(new Batch.PlanRow(admission.planDigest(), 1, bytes)));
            }
        }
        return new Batch(frames, rows, plans, blobs, balances(pending.balances));
    }

    private static List<BalanceRow> balances(List<Balance> changed) {
        return changed.isEmpty()
                ? List.of()
                : changed.stream()
                        .map(balance -> new BalanceRow(balance.key(), balance.bytes()))
                        .toList();
    }

    /// Makes the batch durable.
    void append(Batch encoded) {
        store.append(encoded);
    }

    /// Releases what waited for the batch to be durable.
    void release(PendingBatch durable) {
        for (PendingBatch.Draft draft : durable.drafts()) {
            work.publish(draft.execution(), draft.firstSeq(), draft.events());
        }
        durable.effects.forEach(Runnable::run);
    }

    private Frame frame(PendingBatch.Draft draft) {
        byte[] bytes = EventCodec.encode(draft.events());
        long position = ++lastPosition;
        long number = draft.execution().admission().number();
        int count = draft.events().size();
        byte[] digest = FrameChain.digest(
                draft.execution().headDigest,
                position,
                number,
                store.epoch(),
                draft.firstSeq(),
                count,
                EventCodec.FORMAT,
                bytes);
        return new Frame(position, number, store.epoch(), draft.firstSeq(), count, EventCodec.FORMAT, bytes, digest);
    }

    private static ExecutionRow row(PendingBatch.Draft draft, Frame frame) {
        Admission admission = draft.execution().admission();
        return new ExecutionRow(
                admission.number(),
                admission.namespace(),
                admission.id(),
                admission.workflow(),
                admission.version(),
                admission.planDigest(),
                admission.idempotencyKey(),
                admission.bodyDigest(),
                draft.status(),
                frame.lastSeq(),
                frame.digest(),
                draft.acceptedAt(),
                draft.startedAt(),
                draft.endedAt(),
                draft.nextDue(),
                admission.tags(),
                admission.metadata(),
                draft.errorCode(),
                Optional.empty());
    }

    private static void addBlob(LogEvent event, List<BlobRef> blobs) {
        StoredValue value = switch (event) {
            case LogEvent.TaskCompleted e -> e.result();
            case LogEvent.CompletionHeld e -> e.result();
            case LogEvent.TaskExpanded e -> e.items();
            case LogEvent.AttemptStopped e -> e.checkpoint().orElse(StoredValue.NULL);
            case LogEvent.ExecutionCompleted e -> e.result();
            default -> StoredValue.NULL;
        };
        if (value instanceof StoredValue.External external) {
            blobs.add(BlobRefs.of(external));
        }
    }
}
