package dev.ropewalk.tool.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Reads server-sent events, each of a bounded size. Source: WHATWG HTML, section 9.2; lines may end in
/// LF or CR LF.
final class SseReader {
    private static final int FIELD_NAME = 16;

    private final LineReader lines;
    private final int maxBytes;
    private Optional<String> lastId = Optional.empty();
    private Optional<Duration> retry = Optional.empty();

    SseReader(InputStream in, int maxBytes) {
        this.lines = new LineReader(in, maxBytes + FIELD_NAME);
        this.maxBytes = maxBytes;
    }

    /// The data of the next event of type `message` that has any; empty at the end of the stream.
    Optional<byte[]> next() throws IOException, ProtocolException {
        ByteArrayOutputStream data = new ByteArrayOutputStream(0);
        boolean message = true;
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (line.length == 0) {
                if (message && data.size() > 0) {
                    return Optional.of(data.toByteArray());
                }
                data.reset();
                message = true;
                continue;
            }
            int colon = colon(line);
            String field = new String(line, 0, Math.min(colon, FIELD_NAME), StandardCharsets.UTF_8);
            int from = Math.min(line.length, colon + 1);
            from += from < line.length && line[from] == ' ' ? 1 : 0;
            switch (field) {
                case "data" -> append(data, line, from);
                case "event" -> message = text(line, from).equals("message");
                case "id" -> lastId = Optional.of(text(line, from)).filter(id -> id.length() <= 1_000);
                case "retry" -> retry = milliseconds(text(line, from)).or(() -> retry);
                default -> {} // a comment, or a field that nobody knows
            }
        }
        return Optional.empty();
    }

    private static int colon(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] != ':') {
            at++;
        }
        return at;
    }

    private void append(ByteArrayOutputStream data, byte[] line, int from) throws ProtocolException {
        if (data.size() + line.length - from > maxBytes) {
            throw new ProtocolException("a message longer than %d bytes".formatted(maxBytes));
        }
        if (data.size() > 0) {
            data.write('\n');
        }
        data.write(line, from, line.length - from);
    }

    private static String text(byte[] line, int from) {
        return new String(line, from, line.length - from, StandardCharsets.UTF_8);
    }

    private static Optional<Duration> milliseconds(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Duration.ofMillis(Long.parseLong(text))) : Optional.empty();
    }

    /// From where the stream can be resumed, if the server has said so.
    Optional<String> lastId() {
        return lastId;
    }

    /// How long the server wants to be left alone before the stream is resumed.
    Optional<Duration> retry() {
        return retry;
    }
}
