package dev.ropewalk.cli;

import dev.ropewalk.History;
import dev.ropewalk.Workflows.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "workflows", description = "Lists the registered workflows.", mixinStandardHelpOptions = true)
final class WorkflowsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    WorkflowsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (History history = store.history()) {
            List<Definition> definitions = history.workflows();
            if (output.json()) {
                JsonOutput.print(
                        terminal,
                        definitions.stream().map(WorkflowsCommand::json).toList());
                return ExitCode.COMPLETED;
            }
            Table table = new Table("NAME", "VERSION", "FORMAT", "DESCRIPTION");
            definitions.forEach(each -> table.row(each.name(), each.version(), each.format(), each.description()));
            terminal.out().print(table.text());
            terminal.out().flush();
        }
        return ExitCode.COMPLETED;
    }

    private static Map<String, @Nullable Object> json(Definition definition) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", definition.name());
        json.put("version", definition.version());
        json.put("format", definition.format());
        json.put("description", definition.description());
        return json;
    }
}
