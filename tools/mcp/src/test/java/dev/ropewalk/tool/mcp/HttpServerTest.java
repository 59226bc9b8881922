package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.FakeHttp.data;
import static dev.ropewalk.tool.mcp.FakeHttp.event;
import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Streamable HTTP, with a server that behaves as badly as the test wants.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpServerTest {
    private static final Map<String, Object> PROGRESS = Map.of(
            "jsonrpc",
            "2.0",
            "method",
            "notifications/progress",
            "params",
            Map.of("progressToken", "p3", "progress", 1));

    private FakeHttp fake;
    private Servers servers;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeHttp();
        fake.tool("plain", request -> request.json(200, request.text("plain")));
        servers = Servers.of(Map.of("s", Map.of("url", fake.url(), "headers", Map.of("Authorization", "Bearer ours"))));
    }

    @AfterEach
    void stop() {
        servers.close();
        fake.close();
    }

    @Test
    void an_answer_is_a_message_or_a_stream_of_events() throws Exception {
        fake.tool("stream", request -> {
            try (OutputStream out = request.events()) {
                event(out, ": a comment\n\nid: 1\r\nretry: 10\r\ndata: ");
                event(out, "event: other\ndata: {\"no\": \"message\"}");
                event(out, "event: message\nid: 2\nunknown: x\nnocolon\ndata:" + FakeHttp.json(PROGRESS));
                String json = FakeHttp.json(request.text("stream"));
                event(out, "data: " + json.replace(",\"", ",\ndata: \""));
            }
        });

        assertThat(servers.text("plain")).isEqualTo("plain");
        assertThat(servers.text("stream")).isEqualTo("stream");
    }

    @Test
    void requests_carry_the_configured_headers_the_session_and_the_protocol() throws Exception {
        servers.text("plain");

        FakeHttp.Incoming first = fake.first("initialize").orElseThrow();
        assertThat(first.header("Mcp-Session-Id")).isNull();
        assertThat(first.header("Accept")).isEqualTo("application/json, text/event-stream");
        FakeHttp.Incoming call = fake.first("tools/call").orElseThrow();
        assertThat(call.header("Authorization")).isEqualTo("Bearer ours");
        assertThat(call.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
        assertThat(call.http().getRequestHeaders().keySet())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Authorization",
                        "Connection",
                        "Content-length",
                        "Content-type",
                        "Host",
                        "Mcp-protocol-version",
                        "Mcp-session-id",
                        "User-agent");
    }

    @Test
    void a_session_is_ended_when_it_is_closed() throws Exception {
        servers.text("plain");

        servers.close();

        assertThat(fake.first("DELETE").orElseThrow().header("Mcp-Session-Id")).isEqualTo("session-1");
    }

    @Test
    void a_stream_that_is_cut_fails_its_call_at_once() {
        fake.tool("cut", request -> {
            OutputStream out = request.events();
            event(out, data(PROGRESS));
            request.http().getHttpContext(); // the exchange is left without its last chunk
            throw new IOException("cut");
        });

        ToolException failure = servers.failure("cut");

        assertFails(failure, "IO", true);
    }

    @Test
    void a_stream_that_ends_before_the_answer_fails_its_call_at_once() {
        fake.tool("end", request -> {
            try (OutputStream out = request.events()) {
                event(out, data(PROGRESS));
            }
        });

        ToolException failure = servers.failure("end");

        assertFails(failure, "IO", true);
        assertThat(failure.message()).contains("ended too early");
    }

    @Test
    void a_stream_with_numbered_events_is_taken_up_where_it_ended() throws Exception {
        fake.tool("resumable", request -> {
            fake.get = again -> {
                if (again.header("Last-Event-ID") == null) {
                    again.status(405);
                    return;
                }
                try (OutputStream out = again.events()) {
                    if (again.header("Last-Event-ID").equals("e1")) {
                        event(out, "id: e2\ndata: ");
                    } else {
                        event(out, "id: e3\n" + data(request.text("resumed")));
                    }
                }
            };
            try (OutputStream out = request.events()) {
                event(out, "id: e1\nretry: 10\ndata: ");
            }
        });

        assertThat(servers.text("resumable")).isEqualTo("resumed");
        assertThat(fake.requests("GET").stream().map(get -> String.valueOf(get.header("Last-Event-ID"))))
                .contains("e1", "e2");
    }

    @Test
    void a_stream_that_cannot_be_taken_up_fails_its_call() {
        fake.tool("numbered", request -> {
            try (OutputStream out = request.events()) {
                event(out, "id: e1\nretry: 10\n" + data(PROGRESS));
            }
        });

        ToolException failure = servers.failure("numbered");

        assertFails(failure, "IO", true);
        assertThat(failure.message()).contains("was cut").contains("405");
    }

    @Test
    void a_forgotten_session_is_begun_again_within_the_same_attempt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        fake.tool("forgetful", request -> {
            if (calls.incrementAndGet() % 2 == 1) {
                request.status(404);
            } else {
                request.json(200, request.text("remembered"));
            }
        });
        fake.tool("example", request -> {
            if (calls.incrementAndGet() % 2 == 1) {
                request.json(400, Map.of("error", Map.of("message", "Bad Request: No valid session ID provided")));
            } else {
                request.json(200, request.text("remembered"));
            }
        });

        assertThat(servers.text("forgetful")).isEqualTo("remembered");
        assertThat(servers.text("example")).isEqualTo("remembered");
        assertThat(fake.requests("initialize")).hasSize(3);
    }

    @Test
    void a_session_that_is_forgotten_again_and_again_fails_the_attempt() {
        fake.tool("forgetful", request -> request.status(404));

        assertFails(servers.failure("forgetful"), "MCP_SESSION_LOST", true);
    }

    @Test
    void a_status_is_a_failure_with_its_code() {
        fake.tool("unauthorised", request -> request.status(401));
        fake.tool("busy", request -> request.body(429, "text/plain", "slow\ndown", "Retry-After", "7"));
        fake.tool("later", request -> request.status(503, "Retry-After", date(Duration.ofDays(9))));
        fake.tool("past", request -> request.status(503, "Retry-After", date(Duration.ofDays(-9))));
        fake.tool("broken", request -> request.status(500, "Retry-After", "soon"));
        fake.tool("moved", request -> request.status(307, "Location", "http://169.254.169.254/"));

        ToolException unauthorised = servers.failure("unauthorised");
        assertFails(unauthorised, "HTTP_401", false);
        assertThat(unauthorised.message()).contains("tools.mcp.servers.s.headers");
        ToolException busy = servers.failure("busy");
        assertFails(busy, "HTTP_429", true);
        assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(busy.message()).endsWith("slow | down");
        assertThat(servers.failure("later").retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(servers.failure("past").retryAfter()).contains(Duration.ZERO);
        ToolException broken = servers.failure("broken");
        assertFails(broken, "HTTP_500", true);
        assertThat(broken.retryAfter()).isEmpty();
        ToolException moved = servers.failure("moved");
        assertFails(moved, "HTTP_307", false);
        assertThat(moved.message()).contains("http://169.254.169.254/").contains("tools.mcp.servers.s.url");
    }

    private static String date(Duration fromNow) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow));
    }

    @Test
    void what_is_not_a_message_fails_the_call() {
        fake.tool("page", request -> request.body(200, "text/html", "<p>Welcome"));
        fake.tool("garbage", request -> request.body(200, "application/json", "{"));
        fake.tool("nothing", request -> request.status(202));
        fake.tool("other", request -> request.json(200, Map.of("jsonrpc", "2.0", "id", "other", "result", Map.of())));

        assertThat(servers.failure("page").message()).contains("text/html");
        for (String tool : List.of("page", "garbage", "nothing", "other")) {
            assertFails(servers.failure(tool), "IO", true);
        }
    }

    @Test
    void messages_have_a_largest_size() {
        servers.close();
        servers = Servers.of(Map.of("s", Map.of("url", fake.url(), "maxMessageSize", "4KiB")));
        fake.tool("body", request -> request.json(200, request.text("x".repeat(5_000))));
        fake.tool("line", request -> {
            try (OutputStream out = request.events()) {
                event(out, data(request.text("x".repeat(5_000))));
            }
        });
        fake.tool("event", request -> {
            try (OutputStream out = request.events()) {
                event(out, ("data: " + "x".repeat(3_000) + "\n").repeat(2));
            }
        });
        for (String tool : List.of("body", "line", "event")) {
            ToolException failure = servers.failure(tool);
            assertFails(failure, "IO", true);
            assertThat(failure.message()).contains("longer than 4");
        }
    }

    @Test
    void a_server_that_is_not_there_is_not_available() {
        fake.close();

        assertFails(servers.failure("plain"), "MCP_SERVER_UNAVAILABLE", true);
    }

    @Test
    void a_server_that_goes_away_is_not_available_until_it_is_back() throws Exception {
        servers.text("plain");
        fake.close();

        // The first call may still find the connection of the one before, and find it broken.
        await().until(() -> servers.failure("plain").code().equals("MCP_SERVER_UNAVAILABLE"));
        assertFails(servers.failure("plain"), "MCP_SERVER_UNAVAILABLE", true);
        assertThat(servers.failure("plain").retryAfter()).isPresent();
    }

    @Test
    void a_name_that_does_not_exist_is_not_available() {
        try (Servers nowhere = Servers.url("http://no-such-host.invalid/mcp")) {
            ToolException failure = nowhere.failure("plain");
            assertFails(failure, "MCP_SERVER_UNAVAILABLE", true);
            assertThat(failure.message()).contains("unknown host no-such-host.invalid");
        }
    }

    @Test
    void a_cancelled_attempt_returns_and_the_server_is_told() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        fake.tool("hang", request -> {
            OutputStream out = request.events();
            asked.countDown();
            try {
                while (true) {
                    event(out, ": still here");
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                closed.countDown();
                throw e;
            }
        });
        Tool hang = servers.provider.find("mcp:s/hang").orElseThrow();
        TestCall call = TestCall.empty();
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> catchThrowable(() -> hang.call(call)));
        asked.await();

        call.cancel();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        closed.await();
        await().until(() -> fake.first("notifications/cancelled").isPresent());
        assertThat(fake.first("notifications/cancelled").orElseThrow().message().get("params"))
                .hasFieldOrPropertyWithValue(
                        "requestId",
                        fake.first("tools/call").orElseThrow().message().get("id"));
    }

    @Test
    void what_the_server_says_unasked_is_heard() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        fake.get = request -> {
            OutputStream out = request.events();
            event(out, data(Map.of("jsonrpc", "2.0", "id", 1, "method", "ping")));
            changed.await();
            event(out, data(Map.of("jsonrpc", "2.0", "method", "notifications/tools/list_changed")));
            out.close();
        };
        servers.text("plain");
        await().until(() -> fake.requests.stream()
                .anyMatch(request -> Long.valueOf(1).equals(request.message().get("id"))));
        fake.listed.set(0, Map.of("name", "plain", "description", "now something else"));
        changed.countDown();

        await().until(() -> fake.requests("tools/list").size() > 1 || servers.failure("plain") != null);

        assertFails(servers.failure("plain"), "MCP_TOOL_CHANGED", false);
    }

    @Test
    void log_messages_in_the_answer_belong_to_its_call() throws Exception {
        CountDownLatch bothAsked = new CountDownLatch(2);
        fake.tool("log", request -> {
            bothAsked.countDown();
            bothAsked.await();
            try (OutputStream out = request.events()) {
                event(
                        out,
                        data(Map.of(
                                "jsonrpc",
                                "2.0",
                                "method",
                                "notifications/message",
                                "params",
                                Map.of(
                                        "level",
                                        "warning",
                                        "data",
                                        request.message().get("id")))));
                event(out, data(request.text("" + request.message().get("id"))));
            }
        });
        TestCall one = TestCall.empty();
        TestCall two = TestCall.empty();
        CompletableFuture<String> first = text("log", one);
        CompletableFuture<String> second = text("log", two);

        assertThat(one.messages).isEmpty();
        String firstId = first.get();
        String secondId = second.get();

        assertThat(one.messages).containsExactly(new TestCall.Message(MessageLevel.WARNING, firstId));
        assertThat(two.messages).containsExactly(new TestCall.Message(MessageLevel.WARNING, secondId));
    }

    private CompletableFuture<String> text(String tool, TestCall call) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(servers.text(tool, call));
            } catch (Exception e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    @Test
    void streams_that_stay_open_after_the_answer_do_not_pile_up() throws Exception {
        AtomicInteger open = new AtomicInteger();
        fake.tool("linger", request -> {
            OutputStream out = request.events();
            event(out, data(request.text("answered")));
            open.incrementAndGet();
            try {
                while (true) {
                    event(out, ": and on");
                    Thread.sleep(20);
                }
            } finally {
                open.decrementAndGet();
            }
        });

        for (int i = 0; i < 80; i++) {
            assertThat(servers.text("linger")).isEqualTo("answered");
        }

        await().until(() -> open.get() <= 64);
    }

    @Test
    void a_session_id_is_of_visible_characters() {
        fake.initialize = request -> request.json(200, request.result(FakeHttp.hello()), "Mcp-Session-Id", "a b");

        assertFails(servers.failure("plain"), "IO", true);
    }

    @Test
    void a_server_without_sessions_is_fine() throws Exception {
        fake.initialize = request -> request.json(200, request.result(FakeHttp.hello()));
        fake.tool("missing", request -> request.status(404));

        assertThat(servers.text("plain")).isEqualTo("plain");
        assertFails(servers.failure("missing"), "HTTP_404", false);
    }
}
