package dev.ropewalk.engine;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.store.BlobRef;

/// Between how the log and how a store names a value that is kept out of line.
public final class Blobs {

    private Blobs() {}

    public static BlobRef reference(StoredValue.External value) {
        return new BlobRef(
                value.origin(), value.blob(), value.size(), value.sha256(), value.contentType(), value.encoding());
    }

    public static StoredValue.External value(BlobRef ref) {
        return new StoredValue.External(
                ref.origin(), ref.id(), ref.size(), ref.sha256(), ref.contentType(), ref.encoding());
    }
}
