package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreProvider;
import dev.ropewalk.store.StoreReader;

/// `sqlite:PATH`: a store in one SQLite file with a few companions beside it. The path is taken as it
/// is written: relative to the working directory, no escapes, no parameters.
public final class SqliteStoreProvider implements StoreProvider {

    @Override
    public String scheme() {
        return SqliteLocation.SCHEME;
    }

    @Override
    public Store open(String url) {
        return SqliteStore.open(SqliteLocation.parse(url));
    }

    @Override
    public StoreReader openReader(String url) {
        return SqliteReader.open(SqliteLocation.parse(url));
    }
}
