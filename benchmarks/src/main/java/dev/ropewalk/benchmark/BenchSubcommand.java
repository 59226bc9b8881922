package dev.ropewalk.benchmark;

import dev.ropewalk.cli.Subcommand;

/// Brings `ropewalk bench` to the command.
public final class BenchSubcommand implements Subcommand {

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public Object command() {
        return new BenchCommand();
    }
}
