package dev.ropewalk.cli;

import picocli.CommandLine.Option;

/// How much is told of an execution under way.
final class WatchOption {

    @Option(names = "--quiet", description = "no progress and no summary: only the result and errors")
    private boolean quiet;

    boolean quiet() {
        return quiet;
    }

    Display display(Terminal terminal) {
        if (quiet) {
            return Display.quiet(terminal);
        }
        return terminal.live() ? new LiveDisplay(terminal).start() : new PlainDisplay(terminal);
    }
}
