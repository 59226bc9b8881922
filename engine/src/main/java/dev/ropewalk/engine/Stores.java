package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreProvider;
import dev.ropewalk.store.StoreReader;
import java.util.ServiceLoader;
import java.util.TreeSet;

/// Finds who opens a store by the scheme of its URL.
final class Stores {

    private Stores() {}

    static Store open(String url, ClassLoader plugins) {
        try {
            return provider(url, plugins).open(url);
        } catch (StoreException e) {
            throw exception(e);
        }
    }

    static StoreReader openReader(String url, ClassLoader plugins) {
        try {
            return provider(url, plugins).openReader(url);
        } catch (StoreException e) {
            throw exception(e);
        }
    }

    static EngineException exception(StoreException cause) {
        return new EngineException(cause.code(), String.valueOf(cause.getMessage()), "", cause);
    }

    private static StoreProvider provider(String url, ClassLoader plugins) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon);
        TreeSet<String> schemes = new TreeSet<>();
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class, plugins)) {
            if (provider.scheme().equals(scheme)) {
                return provider;
            }
            schemes.add(provider.scheme() + ":");
        }
        throw new EngineException(
                "STORE_UNKNOWN",
                "no store for \"%s\" is on the class path".formatted(url),
                "write one of %s, for example sqlite:.ropewalk/ropewalk.db".formatted(schemes));
    }
}
