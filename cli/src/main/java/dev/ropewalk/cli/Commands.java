package dev.ropewalk.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// The commands by name. Only the one that is asked for is made, because making all of them takes
/// longer than most of them run.
final class Commands {

    private static final Map<String, Function<Terminal, Object>> OWN = own();

    private Commands() {}

    private static Map<String, Function<Terminal, Object>> own() {
        Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand::new);
        commands.put("call", CallCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("resume", ResumeCommand::new);
        commands.put("cancel", CancelCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("show", ShowCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("logs", LogsCommand::new);
        commands.put("result", ResultCommand::new);
        commands.put("register", RegisterCommand::new);
        commands.put("workflows", WorkflowsCommand::new);
        commands.put("tools", ToolsCommand::new);
        commands.put("plugins", PluginsCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /// @param name the command that is asked for, if it is one; all are made for any other word
    static CommandLine commandLine(String name, Terminal terminal) {
        CommandLine commands = new CommandLine(new RopewalkCommand());
        Function<Terminal, Object> wanted = OWN.get(name);
        if (wanted != null) {
            commands.addSubcommand(name, wanted.apply(terminal));
        } else {
            OWN.forEach((each, make) -> commands.addSubcommand(each, make.apply(terminal)));
            Subcommands.found().forEach(extra -> commands.addSubcommand(extra.name(), extra.command()));
        }
        return commands.setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(100, Math.max(80, terminal.width())));
    }
}
