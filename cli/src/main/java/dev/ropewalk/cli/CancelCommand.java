package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.History;
import dev.ropewalk.plugin.Plugins;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Ends a stored execution that nobody runs; one that runs here is stopped with Ctrl-C.",
        mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "id of the execution, or how it starts")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the execution")
    private String reason = "cancelled by the user";

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private OutputOption output = new OutputOption();

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Configuration configuration = store.configuration();
        String url = store.url(configuration);
        String whole;
        try (History history = History.open(url)) {
            whole = Executions.find(history, id).id();
        }
        try (Plugins plugins = PluginFolder.open();
                ExecutionEngine opened = engine.open(url, configuration, plugins)) {
            opened.cancel(whole, reason).join();
            opened.completion(whole).join();
        }
        if (output.json()) {
            JsonOutput.print(terminal, Map.of("executionId", whole, "status", "CANCELLED"));
        } else {
            terminal.out().println("cancelled " + whole);
        }
        return ExitCode.COMPLETED;
    }
}
