package dev.ropewalk.store;

import dev.ropewalk.store.StoreException.Kind;

/// `memory:`: a new [MemoryStore] each time.
public final class MemoryStoreProvider implements StoreProvider {

    @Override
    public String scheme() {
        return "memory";
    }

    @Override
    public Store open(String url) {
        if (!url.equals("memory:")) {
            throw new StoreException(Kind.UNUSABLE, "store %s: a store in memory is just memory:".formatted(url));
        }
        return new MemoryStore();
    }

    @Override
    public StoreReader openReader(String url) {
        throw new StoreException(
                Kind.NOT_FOUND, "store %s: nobody else can read a store in memory; use sqlite:PATH".formatted(url));
    }
}
