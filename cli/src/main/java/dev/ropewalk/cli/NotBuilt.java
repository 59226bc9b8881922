package dev.ropewalk.cli;

import java.util.Map;

/// What is planned and not there yet, with what to use until then.
final class NotBuilt {

    static final Map<String, String> COMMANDS = Map.of(
            "serve", "run plans with `ropewalk run`, or embed the library",
            "plan", "check a plan with `ropewalk validate`",
            "pause", "stop a run with Ctrl-C and go on with `ropewalk resume`",
            "simulate", "measure with `ropewalk bench`");

    private NotBuilt() {}

    static Complaint command(String name) {
        return complaint("ropewalk " + name, COMMANDS.getOrDefault(name, ""));
    }

    static CommandException option(String name, String remedy) {
        return new CommandException(java.util.List.of(complaint(name, remedy)), 0);
    }

    private static Complaint complaint(String what, String remedy) {
        return Complaint.of("NOT_BUILT", "`%s` is not built yet".formatted(what), remedy);
    }
}
