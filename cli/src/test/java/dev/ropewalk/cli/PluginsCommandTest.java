package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plugin.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginsCommandTest {

    @TempDir
    Path folder;

    @Test
    void plug_ins_are_listed_with_what_they_bring() throws IOException {
        jar();
        assertThat(listed()).contains("talk", "ToolProviderFactory: dev.ropewalk.cli.ChattyTools");
        assertThat(listed("--json")).startsWith("[{\"jar\":").contains("talk.jar", "\"provides\":[{");
    }

    private String listed(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PluginsCommand command = new PluginsCommand(new Terminal(stream, stream, false, false, 80));
        new CommandLine(command).parseArgs(options);
        try (Plugins plugins = Plugins.load(folder)) {
            command.print(plugins);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void jar() throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("talk.jar")))) {
            for (String entry : List.of(
                    "META-INF/services/dev.ropewalk.tool.ToolProviderFactory",
                    ChattyTools.class.getName().replace('.', '/') + ".class")) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write(ChattyTools.class.getResourceAsStream("/" + entry).readAllBytes());
                jar.closeEntry();
            }
        }
    }
}
