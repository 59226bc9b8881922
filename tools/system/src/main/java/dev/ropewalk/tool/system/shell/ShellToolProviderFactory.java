package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolSettings;

/// Makes the family `shell`. Found through [java.util.ServiceLoader].
public final class ShellToolProviderFactory implements ToolProviderFactory {

    @Override
    public String name() {
        return ShellTool.NAME;
    }

    @Override
    public ToolProvider create(ToolSettings settings) {
        return new ShellToolProvider(settings);
    }
}
