package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plugin.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailuresTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(stream, stream, false, false, 80);

    @TempDir
    Path folder;

    @Test
    void every_problem_of_a_plan_is_a_block() {
        Throwable invalid = catchThrowable(() -> ExecutionPlan.named("p")
                .task("a", task -> task.tool("value").after("b"))
                .task("c", task -> task.tool("value").after("d"))
                .build());
        assertThat(Failures.explain(new CompletionException(invalid), terminal)).isEqualTo(ExitCode.USAGE);
        assertThat(shown()).contains("\"b\"", "\"d\"");
        assertThat(shown().lines().filter(line -> line.startsWith("error["))).hasSize(2);
    }

    @Test
    void a_plug_in_that_cannot_be_used_is_named() throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no jar");
        Throwable unusable = catchThrowable(() -> Plugins.load(folder).close());
        assertThat(Failures.explain(unusable, terminal)).isEqualTo(ExitCode.USAGE);
        assertThat(shown()).contains("error[PLUGIN_UNUSABLE]", "broken.jar");
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
