package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.DurableStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreConformanceTest extends DurableStoreConformance {
    private final SqliteStoreProvider provider = new SqliteStoreProvider();

    @TempDir
    private Path directory;

    private String url(String name) {
        return "sqlite:" + directory.resolve(name);
    }

    @Override
    protected Store open() {
        return provider.open(url("work.db"));
    }

    @Override
    protected StoreReader openReader() {
        return provider.openReader(url("work.db"));
    }

    @Override
    protected StoreReader openMissing() {
        return provider.openReader(url("missing.db"));
    }
}
