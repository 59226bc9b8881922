package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Turns the bytes of a plan file into text: UTF-8 and nothing else, with or without a mark in front.
public final class SourceText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    /// The text, or empty if the bytes are not UTF-8.
    public static Optional<String> decode(byte[] bytes, ProblemSink problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            String message = "byte %d (0x%02X) is not UTF-8".formatted(in.position(), bytes[in.position()]);
            problems.add(end(out), Location.ROOT, "INVALID_ENCODING", message, "save the file as UTF-8");
            return Optional.empty();
        }
        boolean marked = out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK;
        return Optional.of(marked ? out.subSequence(1, out.length()).toString() : out.toString());
    }

    private static Position end(CharBuffer decoded) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < decoded.length(); i++) {
            boolean newLine = decoded.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Position(line, column);
    }
}
