package dev.ropewalk.cli;

import dev.ropewalk.plugin.Plugin;
import dev.ropewalk.plugin.Plugins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plugins",
        description = "Lists the plug-ins in .ropewalk/plugins and what they bring.",
        mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    PluginsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Plugins plugins = PluginFolder.open()) {
            print(plugins);
        }
        return ExitCode.COMPLETED;
    }

    void print(Plugins plugins) {
        if (output.json()) {
            JsonOutput.print(
                    terminal, plugins.list().stream().map(PluginsCommand::json).toList());
            return;
        }
        if (plugins.list().isEmpty()) {
            terminal.out().println("no plug-ins in " + PluginFolder.PATH);
        }
        for (Plugin plugin : plugins.list()) {
            terminal.out().println(PlainText.line(plugin.title() + " " + plugin.version(), 200));
            plugin.provides()
                    .forEach(one -> terminal.out()
                            .println(PlainText.line("  %s: %s".formatted(one.service(), one.implementation()), 500)));
        }
        terminal.out().flush();
    }

    private static Map<String, @Nullable Object> json(Plugin plugin) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("jar", plugin.jar().toString());
        json.put("title", plugin.title());
        json.put("version", plugin.version());
        json.put(
                "provides",
                plugin.provides().stream()
                        .map(one -> Map.of("service", one.service(), "implementation", one.implementation()))
                        .toList());
        return json;
    }
}
