package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.cli.LaunchedCommand.Ended;
import dev.ropewalk.cli.LaunchedCommand.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private Running latest;

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
    void ctrl_c_once_waits_for_the_grace_and_twice_does_not() throws Exception {
        // With this grace, and a task that does not listen, only the second signal can end it in time.
        Files.createDirectory(folder.resolve(".ropewalk"));
        Files.writeString(folder.resolve(".ropewalk/config.yaml"), "engine: { grace: 1h }\n");
        Files.writeString(folder.resolve("plan.yaml"), PLAN.replace("touch waiting;", "trap '' TERM; touch waiting;"));
        Process run = start("run", "plan.yaml", "--id", "w");
        awaitFile("waiting");
        interrupt(run);
        await().atMost(Duration.ofSeconds(60)).until(() -> errors().contains("stopping; what runs gets its grace"));
        assertThat(run.isAlive()).isTrue();
        List<ProcessHandle> tasks = run.descendants().toList();
        assertThat(tasks).isNotEmpty();

        interrupt(run);

        assertThat(finish(run)).isEqualTo(ExitCode.STOPPED);
        assertThat(errors()).endsWith("stopped; go on with\n  ropewalk resume w\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> tasks.stream().noneMatch(ProcessHandle::isAlive));
        Files.createFile(folder.resolve("go"));
        assertThat(finish(start("resume", "w"))).isZero();
        assertThat(errors()).contains("waiting completed").doesNotContain("task first started");
    }

    @Test
    void out_of_memory_ends_it_like_a_kill() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), """
                name: hungry
                variables: { items: { type: integer, default: 60000 } }
                steps:
                  - id: s
                    tasks:
                      - { id: each, forEach: "${lists.range(vars.items)}", maxItems: 100000, tool: value, with: { value: "${item}" } }
                result: "${tasks.each.result.sum()}"
                """);
        Ended hungry = LaunchedCommand.get()
                .startBehind(
                        List.of("env", "JDK_JAVA_OPTIONS=-Xmx14m"), folder, "run", "plan.yaml", "--id", "w", "--quiet")
                .await();
        assertThat(hungry.exitCode()).as(hungry.err()).isEqualTo(128 + 9);
        assertThat(hungry.out()).isEmpty();
        assertThat(hungry.err()).contains("error[OUT_OF_MEMORY]", "ropewalk resume --all");
        assertThat(LaunchedCommand.get().run(folder, "resume", "w", "--quiet").out())
                .isEqualTo("1799970000\n");
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

    private String errors() {
        return latest.errSoFar();
    }

    private Process start(String... arguments) {
        latest = LaunchedCommand.get().start(folder, arguments);
        return latest.process();
    }

    private static void interrupt(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int finish(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
