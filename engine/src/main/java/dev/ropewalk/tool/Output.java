package dev.ropewalk.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Collects output of unknown size within the engine's limits: bytes up to the memory limit are kept
/// in memory, beyond it in a temporary file, and beyond the size limit they are counted and dropped.
///
/// In a result it stands for a string: its bytes read as UTF-8 (malformed bytes become U+FFFD),
/// followed by a mark that says how much was cut, if any was. One writer at a time; reading starts
/// when writing has ended.
public interface Output extends AutoCloseable {

    /// Where to write; never fails for size and never blocks on a reader.
    OutputStream stream();

    /// Bytes written, those dropped included.
    long totalBytes();

    /// Bytes kept.
    long keptBytes();

    default boolean truncated() {
        return totalBytes() > keptBytes();
    }

    /// The kept bytes from the start.
    InputStream open() throws IOException;

    /// The kept bytes as text, at most the last `maxChars` characters; for error messages.
    String tail(int maxChars) throws IOException;

    /// Frees the temporary file; the engine does it after the attempt.
    @Override
    void close();
}
