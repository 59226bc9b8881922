package dev.ropewalk.cli;

import dev.ropewalk.History;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a command finds the store and its configuration.
final class StoreOption {

    static final String DEFAULT_STORE = "sqlite:.ropewalk/ropewalk.db";

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "sqlite:PATH or memory: (default: " + DEFAULT_STORE + ")")
    private Optional<String> store = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration (default: .ropewalk/config.yaml, if it is there)")
    private Optional<Path> config = Optional.empty();

    /// The configuration, read anew.
    Configuration configuration() {
        return Configuration.read(config);
    }

    String url(Configuration configuration) {
        return store.or(configuration::store).orElse(DEFAULT_STORE);
    }

    /// The store for reading, also beside its owner.
    History history() {
        return History.open(url(configuration()));
    }
}
