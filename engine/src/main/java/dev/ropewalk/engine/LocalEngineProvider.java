package dev.ropewalk.engine;

import dev.ropewalk.EngineProvider;
import dev.ropewalk.EngineSettings;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.History;
import dev.ropewalk.monitoring.StoredHistory;
import dev.ropewalk.store.Store;

/// Makes engines in this process.
public final class LocalEngineProvider implements EngineProvider {

    @Override
    public ExecutionEngine open(EngineSettings settings) {
        Store store = settings.store().orElseGet(() -> Stores.open(settings.storeUrl(), settings.plugins()));
        try {
            return LocalEngine.open(settings, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public History read(String storeUrl) {
        return new StoredHistory(Stores.openReader(storeUrl, EngineProvider.class.getClassLoader()), true);
    }
}
