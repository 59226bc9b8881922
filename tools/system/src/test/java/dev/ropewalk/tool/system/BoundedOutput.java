package dev.ropewalk.tool.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// An output that keeps the first bytes in memory and counts the rest.
public final class BoundedOutput implements Output {
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final boolean broken;
    private long total;

    BoundedOutput(int limit, boolean broken) {
        this.limit = limit;
        this.broken = broken;
    }

    @Override
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                keep(bytes, offset, count);
            }
        };
    }

    private synchronized void keep(byte[] bytes, int offset, int count) throws IOException {
        if (broken) {
            throw new IOException("No space left on device");
        }
        total += count;
        kept.write(bytes, offset, Math.min(count, limit - kept.size()));
    }

    @Override
    public synchronized long totalBytes() {
        return total;
    }

    @Override
    public synchronized long keptBytes() {
        return kept.size();
    }

    @Override
    public synchronized InputStream open() {
        return new ByteArrayInputStream(kept.toByteArray());
    }

    public synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    @Override
    public String tail(int maxChars) {
        String text = toString();
        return text.substring(Math.max(0, text.length() - maxChars));
    }

    @Override
    public synchronized String toString() {
        return kept.toString(UTF_8);
    }

    @Override
    public void close() {}
}
