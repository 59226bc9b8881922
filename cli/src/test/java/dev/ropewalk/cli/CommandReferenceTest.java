package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandReferenceTest {

    @Test
    void every_command_and_option_is_in_the_reference() throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "command-reference.md"));
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        CommandLine commands = Commands.commandLine("", new Terminal(nowhere, nowhere, false, false, 80));
        commands.getSubcommands().forEach((name, command) -> {
            assertThat(reference).contains("`ropewalk " + name);
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    assertThat(reference).contains("`" + option.longestName());
                }
            }
        });
    }
}
