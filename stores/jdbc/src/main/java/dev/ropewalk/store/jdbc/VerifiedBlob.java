package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Function;

/// The bytes of a blob, which fails instead of handing out the last of them if they are not those that
/// were written: whoever reads to the end has read the truth.
final class VerifiedBlob extends InputStream {
    private final InputStream file;
    private final BlobRef ref;
    private final Function<String, StoreException> damaged;
    private final MessageDigest digest = Sha256.begin();
    private long remaining;

    VerifiedBlob(InputStream file, BlobRef ref, Function<String, StoreException> damaged) throws IOException {
        this.file = file;
        this.ref = ref;
        this.damaged = damaged;
        this.remaining = ref.size();
        if (remaining == 0) {
            verify();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int count = file.read(bytes, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw damaged.apply("%d bytes are missing at its end".formatted(remaining));
        }
        digest.update(bytes, offset, count);
        remaining -= count;
        if (remaining == 0) {
            verify();
        }
        return count;
    }

    private void verify() throws IOException {
        if (!MessageDigest.isEqual(digest.digest(), ref.sha256())) {
            file.close();
            throw damaged.apply("its bytes are not those that were written");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
