package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.process.Launcher;
import dev.ropewalk.tool.system.process.ProcessTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The family `shell`: one tool, or none if it is switched off.
final class ShellToolProvider implements ToolProvider {
    private static final Logger log = LoggerFactory.getLogger(ShellToolProvider.class);

    private final ShellRunner runner;
    private final Optional<Tool> tool;

    ShellToolProvider(ToolSettings settings) {
        ShellSettings ours = ShellSettings.of(settings);
        this.runner = new ShellRunner(ours, Launcher.ofThisSystem(), ProcessTable.ofThisSystem());
        this.tool = ours.enabled()
                ? Optional.of(new ShellTool(ours, settings.workingDirectory(), runner))
                : Optional.empty();
    }

    @Override
    public Optional<Tool> find(String name) {
        return name.equals(ShellTool.NAME) ? tool : Optional.empty();
    }

    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        return tool.map(Tool::descriptor).stream().toList();
    }

    @Override
    public boolean mayHave(String name) {
        return find(name).isPresent();
    }

    @Override
    public List<String> knownNames() {
        return tool.isPresent() ? List.of(ShellTool.NAME) : List.of();
    }

    /// Done even if the tool is switched off now: it may have been on when the processes were
    /// started.
    @Override
    public void endOrphans(String markPrefix) {
        if (!runner.endOrphans(markPrefix)) {
            log.warn("Orphans survived SIGKILL mark={}", markPrefix);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
