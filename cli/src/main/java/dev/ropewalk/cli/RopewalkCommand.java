package dev.ropewalk.cli;

import picocli.CommandLine.Command;

@Command(
        name = "ropewalk",
        description = "Runs plans of tools and agents: in parallel, durably, within limits.",
        version = "ropewalk 0.1.0-SNAPSHOT",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 completed, 1 the execution failed, 2 usage or invalid plan,",
            "3 cancelled, 4 timed out, 5 stopped and resumable, 70 internal error.",
            "`ropewalk COMMAND --help` tells more of a command.",
        })
final class RopewalkCommand {}
