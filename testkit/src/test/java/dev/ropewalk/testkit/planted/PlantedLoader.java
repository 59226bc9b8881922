package dev.ropewalk.testkit.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Loads all of Ropewalk anew, one class of it with a bug.
final class PlantedLoader extends ClassLoader {

    private final PlantedBug bug;

    PlantedLoader(PlantedBug bug) {
        super(PlantedLoader.class.getClassLoader());
        this.bug = bug;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("dev.ropewalk.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] planted = bug.plantedIn(name, bytes, getParent());
            // Without a place that it comes from, what runs here would not count as covered.
            return defineClass(name, planted, 0, planted.length, PlantedLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
