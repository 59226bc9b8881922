package dev.ropewalk.store.jdbc;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A blob being written. Not a channel: an interrupt would close it, and the attempt that writes may be
/// interrupted at any time.
final class BlobPart extends OutputStream {
    private final Path path;
    private final SqliteErrors errors;
    private final FileOutputStream file;
    private final MessageDigest digest = Sha256.begin();
    private long size;

    BlobPart(Path path, SqliteErrors errors) throws IOException {
        this.path = path;
        this.errors = errors;
        this.file = new FileOutputStream(path.toFile());
    }

    long size() {
        return size;
    }

    /// Ends the digest.
    byte[] sha256() {
        return digest.digest();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            file.write(bytes, offset, length);
        } catch (IOException e) {
            throw errors.unlessFull(e, path);
        }
        digest.update(bytes, offset, length);
        size += length;
    }

    void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw errors.failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
