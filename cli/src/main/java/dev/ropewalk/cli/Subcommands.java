package dev.ropewalk.cli;

import java.util.List;
import java.util.ServiceLoader;

/// The commands that other modules bring along.
final class Subcommands {

    private Subcommands() {}

    static List<Subcommand> found() {
        return ServiceLoader.load(Subcommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
