package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/// Copies the body of an answer, decompressed, and stops where it grows too large.
///
/// A few kilobytes can unpack to gigabytes. So beside the size the ratio is limited, from the first
/// mebibyte on; below that, harmless bodies of blanks exceed any ratio.
final class LimitedBody {
    private static final int BUFFER = 16 * 1024;
    private static final int HIGHEST_RATIO = 200;
    private static final long RATIO_COUNTS_FROM = 1L << 20;

    private final HttpEntity entity;
    private final long maxBytes;

    LimitedBody(HttpEntity entity, long maxBytes) {
        this.entity = entity;
        this.maxBytes = maxBytes;
    }

    /// @param encoding the header `Content-Encoding`
    /// @throws ToolException if the body is beyond the limits or encoded in a way not asked for
    void copyTo(OutputStream sink, Header... encoding) throws IOException, ToolException {
        if (entity.getContentLength() > maxBytes) {
            throw tooLarge();
        }
        Counted wire = new Counted(entity.getContent());
        // Not closed here: that would read what is left of an endless body.
        InputStream body = decoded(wire, encoding);
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            total += count;
            if (total > maxBytes) {
                throw tooLarge();
            }
            if (total > RATIO_COUNTS_FROM && total / HIGHEST_RATIO > wire.count) {
                throw ToolException.permanent(
                        "DECOMPRESSION_BOMB",
                        "http: the answer unpacks to more than %d times its size".formatted(HIGHEST_RATIO));
            }
            sink.write(buffer, 0, count);
        }
        wire.drain();
    }

    private ToolException tooLarge() {
        return ToolException.permanent(
                "RESPONSE_TOO_LARGE",
                "http: the body of the answer is larger than %d bytes, the limit of with.maxBytes or tools.http.maxResponseBytes"
                        .formatted(maxBytes));
    }

    private static InputStream decoded(InputStream wire, Header... encoding) throws IOException, ToolException {
        String name = encoding.length == 0
                ? "identity"
                : encoding[0].getValue().strip().toLowerCase(Locale.ROOT);
        if (encoding.length > 1 || !name.matches("identity|gzip|x-gzip|")) {
            throw ToolException.permanent(
                    "UNSUPPORTED_ENCODING",
                    "http: the answer has a Content-Encoding that was not asked for; only gzip is understood");
        }
        if (!name.endsWith("gzip")) {
            return wire;
        }
        PushbackInputStream peeked = new PushbackInputStream(wire);
        int first = peeked.read();
        if (first < 0) {
            return InputStream.nullInputStream();
        }
        peeked.unread(first);
        return new GZIPInputStream(peeked, BUFFER);
    }

    /// Counts what came over the wire.
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long count;

        private Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }

        /// Reads the end of the message, so that the connection can be used again.
        private void drain() throws IOException {
            if (read() >= 0) {
                throw new IOException("the body goes on after its compressed content");
            }
        }
    }
}
