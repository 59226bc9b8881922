package dev.ropewalk.cli;

import dev.ropewalk.plugin.Plugins;
import java.nio.file.Path;

/// Where the command looks for plug-ins.
final class PluginFolder {

    static final Path PATH = Path.of(".ropewalk", "plugins");

    private PluginFolder() {}

    static Plugins open() {
        return Plugins.load(PATH);
    }
}
