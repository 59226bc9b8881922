package dev.ropewalk.value;

import dev.ropewalk.tool.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps what a tool puts out: the first bytes in memory, further ones in a temporary file, and beyond
/// the limit none, only their number. If the file cannot be written, what would go there is dropped
/// as well: a tool is not to fail because its chatter found no room.
///
/// Secrets are replaced before anything is kept, so no part of one is left where the output is cut.
///
/// Safe for one writer and readers that come later, on other threads. After [#close()] whatever is
/// still written is dropped, so a writer that outlives its attempt does no harm.
public final class BoundedOutput implements Output {

    private static final int FIRST_BYTES = 1024;

    private final OutputLimits limits;
    private final Path directory;
    private final OutputStream stream = new Sink();
    private final @Nullable Redaction redaction;

    private byte[] memory = new byte[0];
    private int inMemory;
    private @Nullable SpillFile file;
    private long kept;
    private long total;
    private boolean full;
    private boolean closed;

    /// @param directory where the temporary file goes, if there is need for one; made when it is missing
    public BoundedOutput(OutputLimits limits, Path directory) {
        this(limits, directory, SecretPatterns.NONE);
    }

    /// @param secrets what is replaced by `***`
    BoundedOutput(OutputLimits limits, Path directory, SecretPatterns secrets) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.redaction = secrets.isEmpty() ? null : new Redaction(secrets, this::keep);
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public synchronized long totalBytes() {
        return total;
    }

    @Override
    public synchronized long keptBytes() {
        writingHasEnded();
        return kept;
    }

    /// Not whether there were more bytes than are kept: a secret has more than its mark.
    @Override
    public synchronized boolean truncated() {
        writingHasEnded();
        return full;
    }

    @Override
    public InputStream open() throws IOException {
        return openAt(0);
    }

    @Override
    public String tail(int maxChars) throws IOException {
        return OutputTail.of(openAt(Math.max(0, keptBytes() - OutputTail.bytes(maxChars))), maxChars);
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory = new byte[0];
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private synchronized InputStream openAt(long position) throws IOException {
        failIfClosed();
        writingHasEnded();
        return new Source(position);
    }

    private void writingHasEnded() {
        if (redaction != null && !closed) {
            redaction.finish();
        }
    }

    private synchronized void append(byte[] bytes, int from, int length) {
        total += length;
        if (closed || full) {
            return;
        }
        if (redaction == null) {
            keep(bytes, from, length);
        } else {
            redaction.write(bytes, from, length);
        }
    }

    private void keep(byte[] bytes, int from, int length) {
        if (full) {
            return;
        }
        int wanted = (int) Math.min(length, limits.maxBytes() - kept);
        int first = Math.min(wanted, limits.memoryBytes() - inMemory);
        if (first > 0) {
            intoMemory(bytes, from, first);
        }
        if (wanted > first) {
            intoFile(bytes, from + first, wanted - first);
        }
        full |= wanted < length;
    }

    private void intoMemory(byte[] bytes, int from, int length) {
        if (memory.length - inMemory < length) {
            int capacity = Math.max(Math.max(FIRST_BYTES, inMemory + length), memory.length * 2);
            memory = Arrays.copyOf(memory, Math.min(capacity, limits.memoryBytes()));
        }
        System.arraycopy(bytes, from, memory, inMemory, length);
        inMemory += length;
        kept += length;
    }

    private void intoFile(byte[] bytes, int from, int length) {
        try {
            if (file == null) {
                file = SpillFile.in(directory);
            }
            file.write(kept - inMemory, bytes, from, length);
            kept += length;
        } catch (IOException e) {
            full = true;
        }
    }

    private synchronized int read(long position, byte[] into, int from, int length) throws IOException {
        failIfClosed();
        long left = kept - position;
        if (left <= 0) {
            return -1;
        }
        if (position < inMemory) {
            int count = (int) Math.min(length, inMemory - position);
            System.arraycopy(memory, (int) position, into, from, count);
            return count;
        }
        return Objects.requireNonNull(file).read(position - inMemory, into, from, (int) Math.min(length, left));
    }

    private void failIfClosed() throws IOException {
        if (closed) {
            throw new IOException("the output is gone: it is kept only until its attempt has ended");
        }
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int b) {
            append(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            Objects.checkFromIndexSize(from, length, bytes.length);
            append(bytes, from, length);
        }
    }

    private final class Source extends InputStream {
        private long position;

        Source(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            if (length == 0) {
                return 0;
            }
            int count = BoundedOutput.this.read(position, into, from, length);
            position += Math.max(0, count);
            return count;
        }
    }
}
