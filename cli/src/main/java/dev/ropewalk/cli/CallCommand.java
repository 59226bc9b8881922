package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Values;
import dev.ropewalk.plugin.Plugins;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "call", description = "Calls one tool, as a durable plan of one task.", mixinStandardHelpOptions = true)
final class CallCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "TOOL", description = "the tool's name, as `ropewalk tools` lists it")
    private String tool = "";

    @Option(
            names = "--with",
            paramLabel = "NAME=VALUE",
            description = "an argument: a text, or JSON where the tool wants something else; repeatable")
    private Map<String, String> with = new LinkedHashMap<>();

    @Mixin
    private SubmitOption submit = new SubmitOption();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WatchOption watch = new WatchOption();

    CallCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ToolException {
        Configuration configuration = store.configuration();
        String url = store.url(configuration);
        try (Plugins plugins = PluginFolder.open();
                ExecutionEngine opened = engine.open(url, configuration, plugins)) {
            Tool found = opened.tools().find(tool).orElseThrow(() -> unknown(opened));
            ToolArguments arguments =
                    new ToolArguments(found.descriptor().inputSchema().orElse("{}"));
            ExecutionPlan plan = ExecutionPlan.named("call")
                    .task("call", task -> {
                        task.tool(tool);
                        with.forEach((name, text) -> task.with(name, arguments.value(name, text)));
                    })
                    .result(Values.resultOf("call"))
                    .build();
            return new Foreground(terminal, watch, output.json(), url).await(opened, submit.submit(opened, plan));
        }
    }

    private CommandException unknown(ExecutionEngine opened) {
        return new CommandException(
                "TOOL_UNKNOWN",
                "there is no tool \"%s\"".formatted(tool),
                DidYouMean.remedy(tool, opened.tools().knownNames(), "list them with `ropewalk tools`"));
    }
}
