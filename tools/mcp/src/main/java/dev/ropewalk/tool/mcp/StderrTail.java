package dev.ropewalk.tool.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a server writes to its standard error, so that it never blocks there: each line goes to
/// the debug log, cut to a bound, and the last ones are kept for the message that says why it ended.
final class StderrTail {
    private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
    private static final int LONGEST_LINE = 1_000;
    private static final int KEPT = 600;

    private final String server;
    private final StringBuilder kept = new StringBuilder();
    private final StringBuilder line = new StringBuilder();

    StderrTail(String server) {
        this.server = server;
    }

    /// Reads to the end.
    void readAll(InputStream stderr) throws IOException {
        byte[] buffer = new byte[8 << 10];
        int read = stderr.read(buffer);
        while (read > 0) {
            // A letter of several bytes across two reads shows as a replacement: this is for people only.
            take(new String(buffer, 0, read, StandardCharsets.UTF_8));
            read = stderr.read(buffer);
        }
        endLine();
    }

    private void take(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\n') {
                endLine();
            } else if (line.length() < LONGEST_LINE) {
                line.append(letter);
            }
        }
    }

    private synchronized void endLine() {
        String visible = VisibleText.line(line.toString(), LONGEST_LINE);
        line.setLength(0);
        if (visible.isEmpty()) {
            return;
        }
        LOG.debug("MCP server wrote to stderr server={} line={}", server, visible);
        kept.append(kept.isEmpty() ? "" : " | ").append(visible);
        kept.delete(0, Math.max(0, kept.length() - KEPT));
    }

    /// `, after it wrote: …`, or nothing.
    synchronized String lastWords() {
        return kept.isEmpty() ? "" : "; it wrote last: " + kept;
    }
}
