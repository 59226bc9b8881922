package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sends signals to the real command in a process of its own.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptTest {

    private static final String PLAN = """
            name: waiting
            steps:
              - id: s
                mode: sequential
                tasks:
                  - id: first
                    tool: shell
                    with: { command: [touch, first] }
                  - id: wait
                    tool: shell
                    with:
                      script: "touch waiting; until [ -e go ]; do sleep 0.05; done"
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void a_plan_that_waits() throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
    }

    @Test
    void the_first_signal_stops_with_5_and_resume_goes_on() throws Exception {
        Process run = start("run", "plan.yaml", "--id", "w");
        awaitFile("waiting");
        assertThat(Outcome.of("list", "--store", store()).out()).contains("running");
        Outcome locked = Outcome.of("cancel", "w", "--store", store());
        assertThat(locked.exitCode()).isEqualTo(2);
        assertThat(locked.err()).contains("STORE_LOCKED", Long.toString(run.pid()));
        run.destroy();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(ExitCode.STOPPED);
        assertThat(errors()).contains("stopping", "ropewalk resume w");
        Files.createFile(folder.resolve("go"));
        assertThat(finish(start("resume", "w"))).isZero();
        assertThat(errors()).contains("waiting completed").doesNotContain("task first started");
    }

    @Test
    void what_a_kill_left_behind_is_resumed() throws Exception {
        Process run = start("run", "plan.yaml", "--id", "w");
        awaitFile("waiting");
        run.destroyForcibly().waitFor();
        Files.createFile(folder.resolve("go"));
        assertThat(finish(start("resume", "--all"))).isZero();
    }

    @Test
    void the_same_key_again_goes_on_with_what_a_kill_left_behind() throws Exception {
        Process run = start("run", "plan.yaml", "--key", "k");
        awaitFile("waiting");
        run.destroyForcibly().waitFor();
        Files.createFile(folder.resolve("go"));
        assertThat(finish(start("run", "plan.yaml", "--key", "k"))).isZero();
        assertThat(errors()).contains("waiting completed", "another process goes on; 1 attempt was lost");
    }

    @Test
    void a_stored_execution_that_nobody_runs_can_be_cancelled() throws Exception {
        Process run = start("run", "plan.yaml", "--id", "w");
        awaitFile("waiting");
        run.destroyForcibly().waitFor();
        Outcome cancelled = Outcome.of("cancel", "w", "--store", store());
        assertThat(cancelled.exitCode()).isZero();
        assertThat(Outcome.of("result", "w", "--store", store()).exitCode()).isEqualTo(ExitCode.CANCELLED);
    }

    private String store() {
        return "sqlite:" + folder.resolve(".ropewalk/ropewalk.db");
    }

    private void awaitFile(String name) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve(name)));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static int finish(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
