package dev.ropewalk.cli;

import picocli.CommandLine.Option;

/// Whether people or programs read what a command prints.
final class OutputOption {

    @Option(names = "--json", description = "print JSON alone on standard output")
    private boolean json;

    boolean json() {
        return json;
    }
}
