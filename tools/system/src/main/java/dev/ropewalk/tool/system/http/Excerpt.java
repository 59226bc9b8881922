package dev.ropewalk.tool.system.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/// Takes the beginning of a body and then fails, so that the rest is not read.
final class Excerpt extends OutputStream {
    private static final int MOST_WRITES = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int maxBytes;
    private int writes;

    Excerpt(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] part, int offset, int count) throws IOException {
        bytes.write(part, offset, Math.min(count, maxBytes - bytes.size()));
        if (bytes.size() >= maxBytes || ++writes >= MOST_WRITES) {
            throw new IOException("the excerpt is long enough");
        }
    }

    String text(Charset charset) {
        return bytes.toString(charset);
    }
}
