package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/// Writes text of any charset on as UTF-8; what cannot be decoded becomes U+FFFD.
final class Recoder extends OutputStream {
    private static final int CHARS = 8192;
    private static final int LONGEST_CHARACTER = 16;

    private final Writer out;
    private final CharsetDecoder decoder;
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private final ByteBuffer rest = ByteBuffer.allocate(CHARS + LONGEST_CHARACTER);

    Recoder(OutputStream out, Charset charset) {
        this.out = new OutputStreamWriter(out, UTF_8);
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// A character may be cut in two by the end of `bytes`; its beginning waits for the next call.
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, rest.remaining());
            rest.put(bytes, offset + done, count);
            done += count;
            decode(false);
        }
    }

    private void decode(boolean last) throws IOException {
        rest.flip();
        boolean more = true;
        while (more) {
            more = decoder.decode(rest, chars, last).isOverflow();
            out.append(chars.flip());
            chars.clear();
        }
        rest.compact();
    }

    @Override
    public void close() throws IOException {
        decode(true);
        decoder.flush(chars);
        out.append(chars.flip());
        out.close();
    }
}
