package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.Workflows.Definition;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plugin.Plugins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        description = "Keeps a plan in the store under its name and version, to run it by name.",
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "PLAN", description = "the plan's file; it names no sub-plans, as no file is read later")
    private Path plan = Path.of("");

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private OutputOption output = new OutputOption();

    RegisterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = store.configuration();
        if (!Files.isReadable(plan)) {
            PlanSource.file(plan, configuration.limits()).check(Map.of());
        }
        byte[] bytes = Files.readAllBytes(plan);
        PlanSource source = PlanSource.text(plan.toString(), bytes, configuration.limits());
        source.configuration(configuration, false);
        Workflow workflow = source.check(Map.of());
        String format = plan.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? "json" : "yaml";
        try (Plugins plugins = PluginFolder.open();
                ExecutionEngine opened = engine.open(store.url(configuration), configuration, plugins)) {
            opened.workflows()
                    .register(new Definition(
                            workflow.name(),
                            workflow.version(),
                            format,
                            new String(bytes, StandardCharsets.UTF_8),
                            workflow.about().description()));
        }
        if (output.json()) {
            JsonOutput.print(terminal, Map.of("name", workflow.name(), "version", workflow.version()));
        } else {
            String reference = workflow.version().isEmpty() ? "" : "@" + workflow.version();
            terminal.out().println("registered; run it with `ropewalk run %s%s`".formatted(workflow.name(), reference));
        }
        return ExitCode.COMPLETED;
    }
}
