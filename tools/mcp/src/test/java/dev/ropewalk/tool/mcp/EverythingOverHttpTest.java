package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// With the official server, over streamable HTTP.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EverythingOverHttpTest {
    private int port;
    private Process server;
    private Servers servers;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        launch();
        servers = Servers.url("http://localhost:" + port + "/mcp");
    }

    private void launch() throws Exception {
        List<String> command = new ArrayList<>(Servers.EVERYTHING);
        command.addAll(1, List.of("--import", Servers.ONLY_LOOPBACK));
        command.add("streamableHttp");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PORT", String.valueOf(port));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        server = builder.start();
        await().ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        servers.close();
        server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    @Test
    void tools_are_called_as_over_stdio() throws Exception {
        TestCall operation = new TestCall(Map.of("duration", 0.2, "steps", 2));

        assertThat(servers.call("echo", TestCall.with("message", "hello"))).isEqualTo(Map.of("text", "Echo: hello"));
        servers.call("trigger-long-running-operation", operation);

        assertThat(operation.progress).extracting(TestCall.Progress::fraction).containsExactly(0.5, 1.0);
    }

    @Test
    void many_calls_run_at_the_same_time() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = IntStream.range(0, 128)
                    .mapToObj(i ->
                            (Callable<String>) () -> servers.text("get-sum", new TestCall(Map.of("a", i, "b", 1000))))
                    .toList();

            List<Future<String>> results = threads.invokeAll(calls);

            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).contains(" " + (i + 1000));
            }
        }
    }

    @Test
    void a_server_that_was_restarted_is_found_again() throws Exception {
        servers.text("get-tiny-image");

        server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        launch();

        // The first call may find the connection of the one before, and find it broken.
        await().ignoreExceptions()
                .until(() ->
                        servers.text("echo", TestCall.with("message", "again")).equals("Echo: again"));
    }
}
