package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.Workflows.Definition;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plugin.Plugins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Runs a plan to its end and shows how it goes.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "PLAN|NAME[@VERSION]", description = "a plan's file, or the name of a registered workflow")
    private String plan = "";

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "a variable of the plan; repeatable")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Mixin
    private SubmitOption submit = new SubmitOption();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(names = "--allow-mcp-commands", description = "let the plan declare MCP servers, which start programs")
    private boolean allowMcpCommands;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WatchOption watch = new WatchOption();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "the order of its ready tasks: FIFO, PRIORITY, SHORTEST_JOB_FIRST, DEADLINE_AWARE, ADAPTIVE"
                    + " or one from a plugin (default: what the plan says, else the engine's)")
    private Optional<String> strategy = Optional.empty();

    @Option(names = "--report", hidden = true)
    private Optional<String> report = Optional.empty();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        refuseNotBuilt();
        Configuration configuration = store.configuration();
        String url = store.url(configuration);
        try (Plugins plugins = PluginFolder.open()) {
            if (!isFile(plan)) {
                try (ExecutionEngine opened = engine.open(url, configuration, plugins)) {
                    ToolNames tools = new ToolNames(
                            opened.tools()::mayHave, opened.tools().knownNames());
                    return submit(
                            opened,
                            registered(opened, configuration.limits()).compile(variables, tools, configuration.known()),
                            url);
                }
            }
            PlanSource source = PlanSource.file(Path.of(plan), configuration.limits());
            Configuration allowed = source.configuration(configuration, allowMcpCommands);
            ExecutionPlan compiled = source.compile(variables, ToolCheck.names(allowed, plugins), allowed.known());
            try (ExecutionEngine opened = engine.open(url, allowed, plugins)) {
                return submit(opened, compiled, url);
            }
        }
    }

    private void refuseNotBuilt() {
        if (report.isPresent()) {
            throw NotBuilt.option("--report", "take the figures from `ropewalk result --json`");
        }
    }

    /// Names of workflows have neither slashes nor one of these ends.
    private static boolean isFile(String plan) {
        String name = plan.toLowerCase(Locale.ROOT);
        return plan.contains("/")
                || name.endsWith(".yaml")
                || name.endsWith(".yml")
                || name.endsWith(".json")
                || Files.isRegularFile(Path.of(plan));
    }

    private int submit(ExecutionEngine opened, ExecutionPlan compiled, String url) {
        return new Foreground(terminal, watch, output.json(), url)
                .await(opened, submit.submit(opened, compiled, strategy));
    }

    private PlanSource registered(ExecutionEngine opened, ReadingLimits limits) {
        int at = plan.indexOf('@');
        String name = at < 0 ? plan : plan.substring(0, at);
        String version = at < 0 ? "" : plan.substring(at + 1);
        Definition definition = opened.workflows()
                .find(name, version)
                .orElseThrow(() -> new CommandException(
                        "WORKFLOW_UNKNOWN",
                        "there is no file and no registered workflow \"%s\"".formatted(plan),
                        "name a plan's file, or list workflows with `ropewalk workflows`"));
        return PlanSource.text(
                "%s.%s".formatted(plan, definition.format()),
                definition.text().getBytes(StandardCharsets.UTF_8),
                limits);
    }
}
