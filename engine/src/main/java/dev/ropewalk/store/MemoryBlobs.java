package dev.ropewalk.store;

import dev.ropewalk.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The values of a [MemoryStore] that are kept out of line. Safe for use by several threads.
final class MemoryBlobs {
    private final Map<String, byte[]> bytesById = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    BlobRef add(String execution, String contentType, byte[] bytes) {
        String id = "b" + count.incrementAndGet();
        bytesById.put(id, bytes);
        return new BlobRef(execution, id, bytes.length, sha256(bytes), contentType, BlobRef.IDENTITY);
    }

    /// Whether all of `refs` were written, as they say.
    void check(List<BlobRef> refs) {
        for (BlobRef ref : refs) {
            byte[] bytes = bytesById.get(ref.id());
            if (bytes == null || bytes.length != ref.size()) {
                throw new StoreException(Kind.CONFLICT, "blob %s was not written".formatted(ref.id()));
            }
        }
    }

    InputStream read(BlobRef ref) {
        byte[] bytes = bytesById.get(ref.id());
        if (bytes == null || bytes.length != ref.size() || !MessageDigest.isEqual(sha256(bytes), ref.sha256())) {
            throw new StoreException(Kind.CORRUPT, "blob %s is missing or not what was written".formatted(ref.id()));
        }
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
