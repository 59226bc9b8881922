package dev.ropewalk.tool.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads lines that end in LF or CR LF, and holds no more than one line of the longest allowed length.
final class LineReader {
    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int end;

    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /// The next line without its end, or null if there is none.
    ///
    /// @throws ProtocolException if the line is longer than allowed
    byte @Nullable [] next() throws IOException, ProtocolException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
        while (at < end || fill()) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            if (begun.size() + (stop - at) > maxBytes) {
                throw new ProtocolException("a message longer than %d bytes".formatted(maxBytes));
            }
            begun.write(buffer, at, stop - at);
            at = stop + 1;
            if (stop < end) {
                return withoutReturn(begun.toByteArray());
            }
        }
        return begun.size() == 0 ? null : begun.toByteArray();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private static byte[] withoutReturn(byte[] line) {
        int last = line.length - 1;
        return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
    }
}
