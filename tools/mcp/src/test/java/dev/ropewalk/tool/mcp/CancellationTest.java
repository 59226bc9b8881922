package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A request that nobody waits for any more ends at once here, and is cancelled at the server under the
/// id that it was sent with.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CancellationTest {
    @TempDir
    private Path directory;

    private Path log;
    private Servers servers;

    @BeforeEach
    void start() {
        log = directory.resolve("log");
        servers = Servers.command(
                Servers.fake("good"), "requestTimeout", "1s", "env", Map.of("FAKE_LOG", log.toString()));
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private List<String> noted(String start) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitCancelled() {
        await().until(() -> !noted("cancelled ").isEmpty());
        assertThat(noted("cancelled ")).isEqualTo(noted("call hang "));
    }

    @Test
    void a_cancelled_attempt_returns_and_the_server_is_told() throws Exception {
        Tool hang = servers.provider.find("mcp:s/hang").orElseThrow();
        TestCall call = TestCall.empty();
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> catchThrowable(() -> hang.call(call)));
        await().until(() -> noted("call hang ").size() == 1);

        call.cancel();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        awaitCancelled();
        assertThat(call.hasCallbacks()).isFalse();
        assertThat(servers.text("mutable")).isEqualTo("first");
    }

    @Test
    void a_server_on_the_official_sdk_aborts_what_is_cancelled() throws Exception {
        try (Servers abortable = Servers.command(Servers.abortable(), "env", Map.of("FAKE_LOG", log.toString()))) {
            Tool wait = abortable.provider.find("mcp:s/wait").orElseThrow();
            TestCall call = TestCall.empty();
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> wait.call(call)));
            await().ignoreExceptions().until(() -> noted("call wait ").size() == 1);

            call.cancel();

            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            await().until(() -> noted("aborted ").equals(noted("call wait ")));
        }
    }

    @Test
    void an_attempt_that_was_cancelled_before_is_not_made() throws Exception {
        TestCall call = TestCall.empty();
        call.cancel();

        assertThat(catchThrowable(() -> servers.call("hang", call))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_interrupted_attempt_returns_and_the_server_is_told() throws Exception {
        Tool hang = servers.provider.find("mcp:s/hang").orElseThrow();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread attempt =
                Thread.ofVirtual().start(() -> ended.complete(catchThrowable(() -> hang.call(TestCall.empty()))));
        await().until(() -> noted("call hang ").size() == 1);

        attempt.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        awaitCancelled();
    }

    @Test
    void a_silent_server_fails_the_attempt_and_is_told() {
        ToolException failure = servers.failure("hang");

        assertFails(failure, "TIMEOUT", true);
        assertThat(failure.message()).contains("1000 ms").contains("tools.mcp.servers.s.requestTimeout");
        awaitCancelled();
    }

    @Test
    void progress_is_a_sign_of_life() throws Exception {
        TestCall slow = new TestCall(Map.of("steps", 6, "every", 300));

        assertThat(servers.text("slow", slow)).isEqualTo("done");
        assertThat(slow.progress).hasSize(5);
    }

    @Test
    void who_waits_for_the_start_can_be_interrupted() throws Exception {
        try (Servers silent = Servers.command(Servers.fake("silent"))) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread attempt = Thread.ofVirtual().start(() -> {
                Throwable failure = catchThrowable(() -> silent.provider.find("mcp:s/echo"));
                ended.complete(Thread.currentThread().isInterrupted() ? failure : null);
            });
            await().until(() -> attempt.getState() == Thread.State.WAITING);

            attempt.interrupt();

            assertThat(ended.get())
                    .isInstanceOfSatisfying(ToolException.class, failure -> assertFails(failure, "INTERRUPTED", true));
        }
    }
}
