package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops the command while it runs in this process. The signal goes to all of the tests; it is sent
/// only when what runs has taken it over, which it has before it shows anything.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StopTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String store = "";
    private Path plan = Path.of("");

    @BeforeEach
    void a_plan_that_waits() throws IOException {
        store = "sqlite:" + folder.resolve("store.db");
        plan = Files.writeString(folder.resolve("plan.yaml"), """
                name: waiting
                steps:
                  - id: s
                    tasks:
                      - { id: wait, tool: shell, with: { script: "until [ -e '%s' ]; do sleep 0.05; done" } }
                """.formatted(folder.resolve("go")));
    }

    @Test
    void a_signal_stops_a_run_that_can_be_resumed() throws Exception {
        assertThat(stopped(false, "--store", store, "--id", "w")).isEqualTo(ExitCode.STOPPED);
        assertThat(shown())
                .contains("stopping; what runs", "stopped; go on with\n  ropewalk resume w --store " + store);
        Outcome early = Outcome.of("result", "w", "--store", store);
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.err()).contains("NO_RESULT", "ropewalk resume w");

        Files.createFile(folder.resolve("go"));
        Outcome resumed = Outcome.of("resume", "--all", "--store", store);
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.err()).contains("another process goes on", "✔ waiting completed");
    }

    @Test
    void a_live_display_says_that_it_stops() throws Exception {
        assertThat(stopped(true, "--store", "memory:")).isEqualTo(ExitCode.STOPPED);
        assertThat(shown()).contains("stopping; what runs", "nothing is kept of what ran in memory");
    }

    @Test
    void what_was_stopped_can_be_cancelled() throws Exception {
        stopped(false, "--store", store, "--id", "w");
        Outcome cancelled = Outcome.of("cancel", "w", "--json", "--store", store);
        assertThat(cancelled.exitCode()).isZero();
        assertThat(cancelled.out()).contains("\"status\":\"CANCELLED\"");
        Outcome result = Outcome.of("result", "w", "--store", store);
        assertThat(result.exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(result.err()).contains("waiting cancelled");
    }

    private int stopped(boolean live, String... options) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of("run", plan.toString()));
        arguments.addAll(List.of(options));
        PrintStream nowhere = new PrintStream(ByteArrayOutputStream.nullOutputStream());
        Terminal terminal = new Terminal(nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), live, false, 80);
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> Main.run(arguments, terminal));
        String running = live ? "1 running" : "task wait started";
        await().atMost(Duration.ofSeconds(60)).until(() -> shown().contains(running));
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
        return exitCode.get(60, TimeUnit.SECONDS);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
