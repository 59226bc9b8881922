package dev.ropewalk.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Remembers outside the database how far the log went, so that a log which lost its end is told from
/// one that never had it: SQLite drops a damaged tail of its WAL without a word.
///
/// The position and digest of the last frame are written after each sync, and are not synced themselves:
/// after a power cut the anchor may be behind the log, which says nothing, but never ahead of it. Two
/// slots, far enough apart to lie in different sectors, are written in turn, so a torn write leaves the
/// other.
final class HeadAnchor implements AutoCloseable {
    private static final int MAGIC = 0x52774864;
    private static final int ID_BYTES = 32;
    private static final int DIGEST_BYTES = 32;
    private static final int CHECKED_BYTES = Integer.BYTES + ID_BYTES + Long.BYTES + DIGEST_BYTES;
    private static final int RECORD_BYTES = CHECKED_BYTES + Integer.BYTES;
    private static final int SLOT_BYTES = 4096;

    private final RandomAccessFile file;
    private final byte[] storeId;

    /// @param position of the last frame that was synced
    /// @param digest of that frame
    record Mark(String storeId, long position, byte[] digest) {}

    private HeadAnchor(RandomAccessFile file, String storeId) {
        this.file = file;
        this.storeId = Arrays.copyOf(storeId.getBytes(US_ASCII), ID_BYTES);
    }

    /// Not a channel, which an interrupt would close.
    static HeadAnchor open(Path path, String storeId) throws IOException {
        PrivateFiles.ensureFile(path);
        return new HeadAnchor(new RandomAccessFile(path.toFile(), "rw"), storeId);
    }

    /// The mark that is furthest ahead; empty if there is no file, or nothing was written yet.
    ///
    /// @throws IOException if there is no slot that can be trusted
    static Optional<Mark> read(Path path) throws IOException {
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        if (bytes.length == 0) {
            return Optional.empty();
        }
        Optional<Mark> first = slot(bytes, 0);
        Optional<Mark> second = slot(bytes, SLOT_BYTES);
        if (first.isEmpty() && second.isEmpty()) {
            throw new IOException(path + " is damaged");
        }
        return first.filter(mark ->
                        second.isEmpty() || mark.position() > second.get().position())
                .or(() -> second);
    }

    private static Optional<Mark> slot(byte[] bytes, int offset) {
        if (bytes.length < offset + RECORD_BYTES) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.wrap(bytes, offset, RECORD_BYTES);
        if (record.getInt(offset + CHECKED_BYTES) != checksum(bytes, offset) || record.getInt() != MAGIC) {
            return Optional.empty();
        }
        byte[] id = new byte[ID_BYTES];
        record.get(id);
        long position = record.getLong();
        byte[] digest = new byte[DIGEST_BYTES];
        record.get(digest);
        return Optional.of(new Mark(new String(id, US_ASCII).trim(), position, digest));
    }

    void write(long position, byte[] digest) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        record.putInt(MAGIC).put(storeId).putLong(position).put(digest);
        record.putInt(checksum(record.array(), 0));
        file.seek((position & 1) * SLOT_BYTES);
        file.write(record.array());
    }

    private static int checksum(byte[] bytes, int offset) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, CHECKED_BYTES);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
