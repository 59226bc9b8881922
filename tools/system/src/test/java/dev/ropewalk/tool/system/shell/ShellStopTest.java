package dev.ropewalk.tool.system.shell;

import static dev.ropewalk.tool.system.shell.ShellFixture.assertNothingLeftOf;
import static dev.ropewalk.tool.system.shell.ShellFixture.command;
import static dev.ropewalk.tool.system.shell.ShellFixture.processesOf;
import static dev.ropewalk.tool.system.shell.ShellFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.system.TestCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// F30: whatever a task starts, nothing of it is left when it was told to stop.
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShellStopTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private ShellFixture shell;

    @BeforeEach
    void open() {
        shell = new ShellFixture(directory, Map.of("leftoverWait", "300ms"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    /// Starts `call`, whose program writes `ready` when it is set up.
    private CompletableFuture<ToolResult> startAndAwaitReady(TestCall call) {
        CompletableFuture<ToolResult> result = call.start(shell.tool);
        await().until(() -> result.isDone() || call.written(0).contains("ready"));
        assertThat(result).isNotDone();
        return result;
    }

    private static void assertStopped(TestCall call, CompletableFuture<ToolResult> result) {
        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertNothingLeftOf(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo ready; sleep 120",
                "trap '' TERM; echo ready; sleep 120; sleep 120",
                "sleep 120 & sleep 120 & echo ready; wait",
                "setsid sh -c 'sleep 120 & exec sleep 120' & echo ready; wait",
                "(setsid sh -c '(trap \"\" TERM HUP; sleep 120; sleep 120) & exit' &) ; echo ready; sleep 120",
                "echo ready; exec >/dev/null 2>&1 </dev/null; trap '' TERM; sleep 120; sleep 120",
                "env -i /bin/sh -c 'trap \"\" TERM; sleep 120; sleep 120' & echo ready; wait",
                "sleep 120 & kill -STOP $!; echo ready; kill -STOP $$",
                "timeout 60 yes ready"
            })
    void F30_nothing_is_left_of_it(String text) {
        TestCall call = script(text).grace(SHORT);
        CompletableFuture<ToolResult> result = startAndAwaitReady(call);
        assertThat(processesOf(call)).isNotEmpty();

        call.stop();

        assertStopped(call, result);
    }

    /// Each process starts the next and ends at once, so whoever looks at numbers comes too late.
    /// Only a few live at a time, and the chain ends by itself.
    @Test
    void a_chain_of_processes_that_hand_over_does_not_outrun_it() {
        String link = "trap '' TERM; [ $1 -gt 0 ] && { sleep 0.01; sh -c \"$0\" \"$0\" $(($1 - 1)) & }; :";
        TestCall call = script("sh -c \"$1\" \"$1\" 3000 & echo ready; trap '' TERM; sleep 60", link)
                .grace(SHORT);
        CompletableFuture<ToolResult> result = startAndAwaitReady(call);

        call.stop();

        assertStopped(call, result);
    }

    @Test
    void a_process_may_use_the_grace_period_to_end_in_order() {
        TestCall call = script(
                        "trap 'touch tidy; exit 0' TERM; echo ready; i=0; while [ $i -lt 6000 ]; do sleep 0.01; i=$((i+1)); done")
                .grace(LONG);
        CompletableFuture<ToolResult> result = startAndAwaitReady(call);

        call.stop();

        assertStopped(call, result);
        assertThat(directory.resolve("tidy")).exists();
    }

    @Test
    void a_callback_without_an_interrupt_ends_it_as_well_as_an_interrupt_without_a_callback() {
        TestCall cancelled = command("sh", "-c", "echo ready; sleep 120");
        CompletableFuture<ToolResult> first = startAndAwaitReady(cancelled);
        TestCall interrupted = command("sh", "-c", "echo ready; sleep 120");
        CompletableFuture<ToolResult> second = startAndAwaitReady(interrupted);

        cancelled.cancel();
        interrupted.interrupt();

        assertStopped(cancelled, first);
        assertStopped(interrupted, second);
    }

    @Test
    void an_attempt_that_was_told_to_stop_before_it_began_ends_at_once() {
        TestCall call = command("sleep", "120");
        call.cancel();

        assertStopped(call, call.start(shell.tool));
    }

    @Test
    void while_it_waits_for_leftovers_it_can_still_be_stopped() {
        ShellFixture patient = new ShellFixture(directory, Map.of("leftoverWait", "10m"));
        try (patient) {
            // The first process waits a little, so that what the second writes comes while it lives.
            TestCall call =
                    script("echo $$; (echo ready; sleep 120) & sleep 0.3; exit").grace(SHORT);
            CompletableFuture<ToolResult> result = call.start(patient.tool);
            await().until(() -> call.written(0).contains("ready"));
            await().until(() -> processesOf(call).size() < 3);

            call.stop();

            assertStopped(call, result);
        }
    }

    @Test
    void somebody_out_of_reach_who_holds_the_output_open_does_not_hold_the_call() throws Exception {
        // Leaves the session, loses its parent and clears its environment before anybody looks.
        TestCall call = script("setsid env -i sh -c 'sleep 5 & exit' & wait; sleep 0.3; echo done");

        Map<String, ?> result = call.fields(shell.tool);

        assertThat(TestCall.text(result.get("stdout"))).isEqualTo("done\n");
    }

    @Test
    void F32_endless_output_is_bounded_and_stops_when_told() {
        TestCall call = command("timeout", "60", "yes", "ready");
        CompletableFuture<ToolResult> result = startAndAwaitReady(call);
        await().until(() -> call.output(0).totalBytes() > 100_000_000);

        call.stop();

        assertStopped(call, result);
        assertThat(call.output(0).keptBytes()).isEqualTo(TestCall.OUTPUT_LIMIT);
    }

    @Test
    void closing_the_family_ends_what_still_runs() {
        TestCall call = script("trap '' TERM; echo ready; sleep 120; sleep 120").grace(LONG);
        CompletableFuture<ToolResult> result = startAndAwaitReady(call);

        shell.close();

        assertStopped(call, result);
    }

    @Test
    void orphans_of_an_earlier_engine_are_ended_by_their_mark() throws Exception {
        TestCall earlier = script("trap '' TERM; sleep 120 & echo ready; sleep 120; sleep 120");
        TestCall other = script("echo ready; sleep 120");
        CompletableFuture<ToolResult> orphan = startAndAwaitReady(earlier);
        CompletableFuture<ToolResult> stranger = startAndAwaitReady(other);
        try (ShellFixture next = new ShellFixture(directory, Map.of("orphanGrace", "100ms"))) {
            next.provider.endOrphans(earlier.store() + "/");
        }

        assertNothingLeftOf(earlier);
        assertThatThrownBy(orphan::get).cause().hasMessageContaining("SIGKILL");
        assertThat(processesOf(other)).isNotEmpty();
        other.stop();
        assertStopped(other, stranger);
    }

    @Test
    void without_a_prefix_there_are_no_orphans() {
        assertThatThrownBy(() -> shell.provider.endOrphans("")).isInstanceOf(IllegalArgumentException.class);
    }
}
