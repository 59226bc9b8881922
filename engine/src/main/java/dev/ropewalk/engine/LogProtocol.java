package dev.ropewalk.engine;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.util.List;
import java.util.function.Consumer;

/// The steps by which one batch after the other becomes durable, without a thread: [LogWriter] takes
/// them on its own, the simulator in its schedule. Used by one thread at a time.
///
/// No space left: the batch is kept and tried again unchanged, and meanwhile the loop decides nothing.
/// Any other failure is final, above all a failed sync: the kernel may have dropped what it could not
/// write, so trying again could report success for lost data.
/// Source: Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020.
public final class LogProtocol {

    /// How far a batch has come.
    public enum Outcome {
        /// Its effects are released and the loop knows.
        DURABLE,
        /// It waits for [#retry()] or [#giveUp()].
        NO_SPACE,
        /// Nothing is written any more.
        FAILED
    }

    private static final Batch NOTHING = new Batch(List.of(), List.of(), List.of(), List.of());

    private final LogAppender appender;
    private final Inbox inbox;
    private final Consumer<StoreException> onFailure;
    private PendingBatch batch = new PendingBatch();
    private Batch encoded = NOTHING;
    private boolean full;

    public LogProtocol(LogAppender appender, Inbox inbox, Consumer<StoreException> onFailure) {
        this.appender = appender;
        this.inbox = inbox;
        this.onFailure = onFailure;
    }

    /// Takes the next batch, the one before being durable.
    public Outcome write(PendingBatch next) {
        batch = next;
        try {
            encoded = appender.encode(next);
        } catch (RuntimeException e) {
            return failed(e);
        }
        return retry();
    }

    /// Tries the same batch again.
    public Outcome retry() {
        try {
            appender.append(encoded);
        } catch (StoreException e) {
            return e.kind() == Kind.FULL ? noSpace() : failed(e);
        } catch (RuntimeException e) {
            return failed(e);
        }
        if (full) {
            full = false;
            inbox.put(new LoopInput.Space(false));
        }
        try {
            appender.release(batch);
        } catch (RuntimeException e) {
            return failed(e);
        }
        inbox.put(new LoopInput.Synced(batch));
        return Outcome.DURABLE;
    }

    /// Tries no more to find space for the batch.
    public Outcome giveUp() {
        return failed(new StoreException(Kind.FULL, "closed while there was no space for what was decided last"));
    }

    private Outcome noSpace() {
        if (!full) {
            full = true;
            inbox.put(new LoopInput.Space(true));
        }
        return Outcome.NO_SPACE;
    }

    private Outcome failed(RuntimeException e) {
        StoreException cause = e instanceof StoreException known
                ? known
                : new StoreException(Kind.FAILED, "the log cannot be written: " + e, e);
        onFailure.accept(cause);
        inbox.put(new LoopInput.SyncFailed(cause));
        return Outcome.FAILED;
    }
}
