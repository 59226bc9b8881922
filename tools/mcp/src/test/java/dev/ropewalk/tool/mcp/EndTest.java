package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.ToolException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Nothing that was started is left.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EndTest {

    @Test
    void closing_ends_a_server_and_what_it_has_started() throws Exception {
        long pid;
        long child;
        try (Servers servers = Servers.command(Servers.fake("good"))) {
            pid = servers.pid();
            child = Long.parseLong(servers.text("child"));
            assertThat(runs(child)).isTrue();
        }
        assertThat(runs(pid)).isFalse();
        assertThat(runs(child)).isFalse();
    }

    @Test
    void closing_ends_a_server_that_ignores_the_polite_request() throws Exception {
        long pid;
        try (Servers servers = Servers.command(Servers.fake("stubborn"))) {
            pid = servers.pid();
        }
        assertThat(runs(pid)).isFalse();
    }

    @Test
    void what_a_dead_server_has_started_is_ended_too() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("good"))) {
            long child = Long.parseLong(servers.text("child"));

            assertFails(servers.failure("die"), "MCP_SERVER_DIED", true);

            await().until(() -> !runs(child));
        }
    }

    @Test
    void closing_fails_the_calls_that_run_and_those_to_come() throws Exception {
        Servers servers = Servers.command(Servers.fake("good"));
        TestCall call = TestCall.empty();
        CompletableFuture<ToolException> failure = CompletableFuture.supplyAsync(() -> servers.failure("hang", call));
        await().until(call::hasCallbacks);

        servers.close();

        assertFails(failure.get(), "MCP_SERVER_UNAVAILABLE", true);
        assertFails(servers.failure("echo"), "MCP_SERVER_UNAVAILABLE", true);
    }

    @Test
    void closing_ends_a_server_that_is_just_starting() throws Exception {
        Servers servers = Servers.command(Servers.fake("silent"));
        String mark = UUID.randomUUID() + "/";
        servers.provider.endOrphans(mark);
        CompletableFuture<ToolException> failure = CompletableFuture.supplyAsync(() -> servers.failure("echo"));
        await().until(() -> !ProcessFamily.marked(mark).isEmpty());

        servers.close();

        assertFails(failure.get(), "MCP_SERVER_UNAVAILABLE", true);
        assertThat(ProcessFamily.marked(mark)).isEmpty();
    }

    @Test
    void servers_that_a_dead_engine_has_left_are_ended_by_the_next_on_the_same_store() throws Exception {
        String store = "store-" + UUID.randomUUID() + "/";
        Process left = orphan(store + "mcp/files/1");
        Process other = orphan("store-" + UUID.randomUUID() + "/mcp/files/1");
        try (Servers servers = Servers.of(Map.of())) {
            servers.provider.endOrphans(store);

            assertThat(left.waitFor()).isNotZero();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    private static Process orphan(String mark) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of("sleep", "600"));
        builder.environment().clear();
        builder.environment().put("ROPEWALK_ATTEMPT", mark);
        return builder.start();
    }

    /// An orphan may stay a zombie, if nobody collects it.
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .filter(child -> !ProcessFamily.await(List.of(child), java.time.Duration.ZERO))
                .isPresent();
    }
}
