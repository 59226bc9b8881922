package dev.ropewalk.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Replaces patterns in a stream of bytes by `***`, wherever the stream is cut into chunks. One writer.
///
/// Bytes are held back as long as they may be the beginning of a pattern, at most as many as the
/// longest has. Every byte that belongs to any match is replaced, so of matches that overlap nothing
/// is left; bytes replaced side by side become one mark.
final class Redaction {

    static final String MARK = "***";

    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

    /// Where what has been looked at goes.
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int from, int length);
    }

    private final SecretPatterns patterns;
    private final Sink sink;
    private final byte[] held;
    private final boolean[] covered;
    private int heldBytes;
    private int state = SecretPatterns.START;
    private boolean inMark;

    Redaction(SecretPatterns patterns, Sink sink) {
        this.patterns = patterns;
        this.sink = sink;
        int room = Math.max(4096, 2 * patterns.longest() + 1);
        this.held = new byte[room];
        this.covered = new boolean[room];
    }

    static byte[] of(byte[] text, SecretPatterns patterns) {
        return of(text, patterns, Redaction::finish);
    }

    /// Of a text whose end may be missing.
    static byte[] ofCut(byte[] text, SecretPatterns patterns) {
        return of(text, patterns, Redaction::cut);
    }

    private static byte[] of(byte[] text, SecretPatterns patterns, Consumer<Redaction> end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        Redaction redaction = new Redaction(patterns, out::write);
        redaction.write(text, 0, text.length);
        end.accept(redaction);
        return out.toByteArray();
    }

    void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (heldBytes == held.length) {
                release(heldBytes - patterns.depth(state));
            }
            state = patterns.after(state, bytes[i]);
            held[heldBytes] = bytes[i];
            covered[heldBytes++] = false;
            int match = patterns.match(state);
            if (match > 0) {
                Arrays.fill(covered, heldBytes - match, heldBytes, true);
            }
        }
        release(heldBytes - patterns.depth(state));
    }

    /// No more comes, so what is held back is no beginning of anything. What is written later stands by
    /// itself.
    void finish() {
        release(heldBytes);
        state = SecretPatterns.START;
        inMark = false;
    }

    /// The rest is missing, so what is held back may well be the beginning of a secret.
    private void cut() {
        int doubtful = patterns.depth(state);
        if (doubtful >= SecretForms.SHORTEST_SECRET) {
            Arrays.fill(covered, heldBytes - doubtful, heldBytes, true);
        }
        finish();
    }

    private void release(int count) {
        int at = 0;
        while (at < count) {
            int end = at;
            while (end < count && covered[end] == covered[at]) {
                end++;
            }
            if (!covered[at]) {
                sink.write(held, at, end - at);
            } else if (!inMark) {
                sink.write(MARK_BYTES, 0, MARK_BYTES.length);
            }
            inMark = covered[at];
            at = end;
        }
        System.arraycopy(held, count, held, 0, heldBytes - count);
        System.arraycopy(covered, count, covered, 0, heldBytes - count);
        heldBytes -= count;
    }
}
