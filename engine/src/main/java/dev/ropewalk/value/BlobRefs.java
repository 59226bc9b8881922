package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.store.BlobRef;

/// A value out of line as the log says it, and as the store knows it: the store's interface holds no
/// type of the log's.
public final class BlobRefs {

    private BlobRefs() {}

    /// Where the store finds the value.
    public static BlobRef of(StoredValue.External value) {
        return new BlobRef(
                value.origin(), value.blob(), value.size(), value.sha256(), value.contentType(), value.encoding());
    }

    /// As the log says it.
    static StoredValue.External toValue(BlobRef ref) {
        return new StoredValue.External(
                ref.origin(), ref.id(), ref.size(), ref.sha256(), ref.contentType(), ref.encoding());
    }
}
