package dev.ropewalk.benchmark;

import dev.ropewalk.EngineBuilder;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// An engine with the tools of the workloads, on a store of its own that is removed afterwards.
final class EngineUnderTest implements AutoCloseable {

    private static final Map<String, String> OUTPUT = Map.of("output", "y".repeat(85));
    private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path folder;
    private final ExecutionEngine engine;

    private EngineUnderTest(Path folder, ExecutionEngine engine) {
        this.folder = folder;
        this.engine = engine;
        engine.tools().register(Plans.NOOP, _ -> OUTPUT);
        engine.tools().register(Plans.SLEEP, _ -> {
            long end = System.nanoTime() + SLEEP_NANOS;
            for (long left = SLEEP_NANOS; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return null;
        });
    }

    /// @param store `sqlite` or `memory`
    static EngineUnderTest open(String store, int maxParallel) {
        return open(store, maxParallel, Optional.empty());
    }

    static EngineUnderTest open(String store, int maxParallel, Optional<Store> given) {
        try {
            Path folder = Files.createTempDirectory("ropewalk-bench");
            EngineBuilder builder =
                    ExecutionEngine.builder().store(url(store, folder)).maxParallel(maxParallel);
            given.ifPresent(builder::store);
            return new EngineUnderTest(folder, builder.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(String store, Path folder) {
        return store.equals("memory") ? "memory:" : "sqlite:" + folder.resolve("bench.db");
    }

    ExecutionEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        remove(folder);
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
