package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.cli.LaunchedCommand.Ended;
import dev.ropewalk.cli.LaunchedCommand.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults F7 and F8 on the whole command: strace makes its writes to the database fail, from the
/// operating system's side. Whatever it says of the end is in the store, and `resume` gets there.
/// strace counts the calls of each thread for itself.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DiskFaultTest {
    private static final int TASKS = 40;
    private static final String RESULT = "780\n";

    /// More calls than opening the store makes.
    private static final int IN_THE_MIDDLE = 90;

    private static final String PLAN = """
            name: chain
            steps:
              - id: s
                mode: sequential
                tasks:
            %s
            result: "${%s}"
            """.formatted(
            IntStream.range(0, TASKS)
                    .mapToObj("      - { id: t%1$d, tool: value, with: { value: %1$d } }"::formatted)
                    .collect(Collectors.joining("\n")),
            IntStream.range(0, TASKS).mapToObj("tasks.t%d.result"::formatted).collect(Collectors.joining(" + ")));

    private final LaunchedCommand command = LaunchedCommand.get();

    @TempDir
    Path folder;

    @BeforeAll
    static void strace_is_there() throws InterruptedException {
        boolean works;
        try {
            works = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            works = false;
        }
        assumeTrue(works, "strace is not installed, or may not trace here");
    }

    @Test
    void a_failed_sync_ends_it_and_resume_finishes() throws IOException {
        failSyncs(1, 3, 4, 9, 30);
    }

    @Test
    @Tag("deep")
    void a_failed_sync_ends_it_wherever_it_is() throws IOException {
        failSyncs(IntStream.rangeClosed(1, TASKS + 5).toArray());
    }

    @Test
    void a_disk_that_is_full_from_the_start_is_told() throws IOException {
        fillDisk(2, 30, 50);
    }

    @Test
    @Tag("deep")
    void a_full_disk_is_told_wherever_it_is() throws IOException {
        fillDisk(IntStream.rangeClosed(1, 60).toArray());
    }

    private void failSyncs(int... occasions) throws IOException {
        for (int when : occasions) {
            Path place = place("sync" + when);
            Ended ended =
                    behind(place, "fsync,fdatasync:error=EIO:when=" + when).await();
            if (ended.exitCode() == ExitCode.COMPLETED) {
                assertCompleted(place);
            } else {
                assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.FAILED);
                assertThat(ended.out()).isEmpty();
                assertThat(ended.err())
                        .contains("error[STORAGE_FAILED]", "Check the disk")
                        .doesNotContain("\tat ", "completed in");
            }
            assertGoesOn(place);
        }
    }

    private void fillDisk(int... occasions) throws IOException {
        for (int when : occasions) {
            Path place = place("full" + when);
            Ended ended = behind(place, "pwrite64:error=ENOSPC:when=%d+".formatted(when))
                    .await();
            assertThat(ended.exitCode()).as("write %d: %s", when, ended.err()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("error[STORAGE_FULL]", "no space left");
            assertGoesOn(place);
        }
    }

    @Test
    void a_disk_that_fills_up_holds_it_up_until_somebody_stops_it() throws Exception {
        Path place = place("later");
        Files.writeString(place.resolve(".ropewalk/config.yaml"), "engine: { grace: 100ms }\n");
        Running running = behind(place, "pwrite64:error=ENOSPC:when=%d+".formatted(IN_THE_MIDDLE));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.errSoFar().contains("No space left for the log: nothing more starts"));
        ProcessHandle java = running.process()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        assertThat(java.destroy()).isTrue();

        Ended ended = running.await();

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.STOPPED);
        assertThat(ended.err()).contains("stopped; go on with\n  ropewalk resume w\n");
        assertGoesOn(place);
    }

    @Test
    void a_disk_that_has_space_again_lets_it_go_on_by_itself() throws IOException {
        Path place = place("again");
        Ended ended = behind(place, "pwrite64:error=ENOSPC:when=%d..%d".formatted(IN_THE_MIDDLE, IN_THE_MIDDLE + 5))
                .await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(RESULT);
        assertThat(ended.err()).contains("No space left", "There is space for the log again");
        assertCompleted(place);
    }

    /// With a store that is there, so that most of the faults hit work and not the making of it.
    private Path place(String name) throws IOException {
        Path place = Files.createDirectory(folder.resolve(name));
        Files.writeString(place.resolve("plan.yaml"), PLAN);
        assertThat(command.run(place, "call", "value", "--with", "value=1", "--quiet")
                        .exitCode())
                .isZero();
        return place;
    }

    private Running behind(Path place, String fault) {
        String database = database(place).toString();
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                database,
                "-P",
                database + "-wal",
                "-e",
                "inject=" + fault);
        return command.startBehind(strace, place, "run", "plan.yaml", "--id", "w");
    }

    private static Path database(Path place) {
        return place.resolve(".ropewalk/ropewalk.db");
    }

    /// With the same command again, because not every fault let the execution begin.
    private void assertGoesOn(Path place) {
        Ended again = command.run(place, "run", "plan.yaml", "--id", "w", "--quiet");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo(RESULT);
        assertCompleted(place);
    }

    private static void assertCompleted(Path place) {
        StoredLog log = StoredLog.of(database(place), "w").orElseThrow();
        assertThat(log.count(ExecutionEventType.EXECUTION_COMPLETED)).isEqualTo(1);
        assertThat(log.count(ExecutionEventType.TASK_COMPLETED)).isEqualTo(TASKS);
    }
}
