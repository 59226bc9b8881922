package dev.ropewalk.testkit.store;

import dev.ropewalk.store.MemoryStore;
import dev.ropewalk.store.Store;

class MemoryStoreConformanceTest extends StoreConformance {

    @Override
    protected Store openEmpty() {
        return new MemoryStore();
    }
}
