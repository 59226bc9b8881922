package dev.ropewalk.store;

/// The events of one execution in one batch: a row of the log. The arrays are not copied: read only.
///
/// @param position the place in the log, increasing by one with each frame
/// @param execution the number of the execution
/// @param epoch of the owner who wrote it
/// @param firstSeq the sequence number of its first event, from 1
/// @param count how many events it holds
/// @param format the version of the encoding of `bytes`
/// @param bytes the events
/// @param digest SHA-256 over the digest of the execution's frame before (32 zeros for the first) and
///     all fields above
public record Frame(
        long position, long execution, long epoch, long firstSeq, int count, int format, byte[] bytes, byte[] digest) {

    public long lastSeq() {
        return firstSeq + count - 1;
    }
}
