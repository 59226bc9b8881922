package dev.ropewalk.cli;

import dev.ropewalk.plugin.Plugins;
import dev.ropewalk.tool.StandardToolRegistry;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.value.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tools",
        description = "Lists the tools that plans can call; starts the configured MCP servers to ask them.",
        mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--schemas", description = "with the JSON Schemas of their arguments")
    private boolean schemas;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ToolsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Plugins plugins = PluginFolder.open();
                StandardToolRegistry tools = ToolCheck.open(store.configuration(), plugins)) {
            List<ToolDescriptor> descriptors =
                    tools.list(problem -> terminal.complain(List.of(Complaint.of("TOOLS_MISSING", problem, "")), 0));
            if (output.json()) {
                JsonOutput.print(
                        terminal, descriptors.stream().map(ToolsCommand::json).toList());
            } else {
                descriptors.forEach(this::print);
                terminal.out().flush();
            }
        }
        return ExitCode.COMPLETED;
    }

    private void print(ToolDescriptor tool) {
        terminal.out().println(terminal.paint("1", PlainText.line(tool.name(), 200)));
        if (!tool.description().isEmpty()) {
            terminal.out().println("  " + PlainText.line(tool.description(), 500));
        }
        if (schemas) {
            tool.inputSchema().ifPresent(schema -> terminal.out().println("  " + PlainText.of(schema)));
        }
    }

    private static Map<String, @Nullable Object> json(ToolDescriptor tool) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", tool.name());
        json.put("description", tool.description());
        tool.inputSchema().ifPresent(schema -> json.put("inputSchema", Json.read(schema)));
        tool.outputSchema().ifPresent(schema -> json.put("outputSchema", Json.read(schema)));
        if (!tool.version().isEmpty()) {
            json.put("version", tool.version());
        }
        return json;
    }
}
