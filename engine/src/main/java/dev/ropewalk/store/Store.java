package dev.ropewalk.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A store that this process owns: the only one that writes to it.
public interface Store extends StoreReader {

    int MESSAGES_PER_EXECUTION = 10_000;
    int MESSAGES_OVERALL = 200_000;

    /// Raised each time the store is opened by an owner; part of every frame.
    long epoch();

    /// The highest [ExecutionRow#number()] in use; 0 if there is none.
    long lastExecutionNumber();

    /// Appends all of `batch` or nothing, in one transaction, and returns once it survives a power
    /// cut. One caller at a time. After a failure other than [StoreException.Kind#FULL] the store takes
    /// nothing more.
    ///
    /// @throws StoreException `FULL`: nothing was written, the same batch may be tried again;
    ///     `FAILED`: whether it was written is not known, the process must not go on; `FENCED`:
    ///     another owner has taken over
    void append(Batch batch);

    /// Whether [#append] never waits for a device, so that whoever decides may call it himself.
    boolean appendsInline();

    /// Writes a value out of line and returns once it survives a power cut. It counts only from the
    /// batch on that names it in [Batch#blobs()]; what no batch names is swept at the next open.
    ///
    /// @param execution the id of the execution that it belongs to
    BlobRef writeBlob(String execution, String contentType, BlobSource source) throws IOException;

    /// Brings the projection of tasks up to `position`. Not synced by itself: it follows from the log.
    /// Lets appends go first, so a reader may see some of the rows before the position is theirs.
    void project(List<TaskRow> rows, long position);

    /// Keeps messages, at best effort and not synced by itself; drops the oldest beyond the bound:
    /// of one execution at least the newest [#MESSAGES_PER_EXECUTION] stay and at most a tenth more,
    /// of all at most [#MESSAGES_OVERALL] and a tenth more.
    void addMessages(List<MessageRow> rows);

    /// Registers a workflow and returns once it survives a power cut. One that is registered already
    /// with the same definition stays as it is.
    ///
    /// @throws StoreException `CONFLICT` if the same name and version holds another definition
    void register(WorkflowRow row);

    /// Marks the execution so that it is no longer loaded.
    void quarantine(long execution, String reason);

    /// Called when nothing is waiting to be appended: time for housekeeping that must not hold up
    /// appends for long.
    void idle();

    /// Writes a blob's bytes.
    @FunctionalInterface
    interface BlobSource {
        void writeTo(OutputStream out) throws IOException;
    }
}
