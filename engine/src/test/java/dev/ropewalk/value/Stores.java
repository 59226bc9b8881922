package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.store.MemoryStoreProvider;
import dev.ropewalk.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

final class Stores {

    private Stores() {}

    static Store memory() {
        return new MemoryStoreProvider().open("memory:");
    }

    static byte[] bytes(Store store, StoredValue value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ValueReader(store, ValueLimits.DEFAULT).copyTo(value, bytes);
        return bytes.toByteArray();
    }
}
