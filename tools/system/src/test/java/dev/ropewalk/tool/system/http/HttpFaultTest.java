package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.system.TestCall;
import dev.ropewalk.tool.system.http.FaultyServer.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// F33: servers that cut, lie, flood and stall.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpFaultTest {
    private HttpFixture http;
    private FaultyServer server;

    @BeforeEach
    void open() {
        http = new HttpFixture(Map.of());
        server = http.server;
    }

    @AfterEach
    void close() {
        http.close();
    }

    private ToolException failure(Behaviour behaviour) {
        server.on("/", behaviour);
        return http.get("/").failure(http.tool);
    }

    @Test
    void an_answer_that_is_cut_is_a_retryable_failure() {
        for (Behaviour behaviour : new Behaviour[] {
            FaultyServer.cut(), FaultyServer.cutByReset(), FaultyServer.noAnswer(), cutGzip(), cutChunk()
        }) {
            ToolException failure = failure(behaviour);

            assertThat(failure.code()).isEqualTo("IO");
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.message()).startsWith("http: " + server.url("/") + ": ");
        }
    }

    private static Behaviour cutGzip() {
        return FaultyServer.answer(200, "text/plain", new byte[] {0x1f, (byte) 0x8b, 8, 0}, "Content-Encoding: gzip");
    }

    private static Behaviour cutChunk() {
        return exchange -> exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc")
                .end();
    }

    @Test
    void a_body_longer_than_announced_ends_where_it_was_announced_to() throws Exception {
        server.on("/", FaultyServer.tooLong()).on("/next", FaultyServer.answer(200, "text/plain", "next"));

        assertThat(TestCall.text(http.get("/").fields(http.tool).get("body"))).isEqualTo("four");
        assertThat(TestCall.text(http.get("/next").fields(http.tool).get("body")))
                .isEqualTo("next");
    }

    @Test
    void an_answer_that_is_no_http_is_a_failure() {
        assertThat(failure(FaultyServer.nonsense()).code()).isIn("PROTOCOL", "IO");
    }

    @Test
    void a_body_that_grows_too_large_is_refused() {
        ToolException failure = failure(FaultyServer.endless());

        assertThat(failure.code()).isEqualTo("RESPONSE_TOO_LARGE");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.message()).contains("10485760", "tools.http.maxResponseBytes");
        await().until(() -> server.connections() == 0);
    }

    @Test
    void a_body_that_says_how_large_it_is_is_refused_before_it_comes() {
        server.on("/", FaultyServer.drip(200, Duration.ofMillis(1)));

        assertThat(http.get("/").and("maxBytes", 9_999L).failure(http.tool).code())
                .isEqualTo("RESPONSE_TOO_LARGE");
    }

    @Test
    void S21_a_body_that_unpacks_to_far_more_than_it_is_is_refused() {
        assertThat(failure(FaultyServer.bomb(5)).code()).isEqualTo("DECOMPRESSION_BOMB");
        assertThat(failure(FaultyServer.bomb(500)).code()).isEqualTo("DECOMPRESSION_BOMB");
    }

    @Test
    void S21_an_encoding_that_was_not_asked_for_is_refused() {
        assertThat(failure(FaultyServer.answer(200, "text/plain", "x", "Content-Encoding: br"))
                        .code())
                .isEqualTo("UNSUPPORTED_ENCODING");
        assertThat(failure(FaultyServer.answer(200, "text/plain", "x", "Content-Encoding: gzip, gzip"))
                        .code())
                .isEqualTo("UNSUPPORTED_ENCODING");
        assertThat(failure(FaultyServer.answer(
                                200, "text/plain", "x", "Content-Encoding: gzip", "Content-Encoding: gzip"))
                        .code())
                .isEqualTo("UNSUPPORTED_ENCODING");
    }

    @Test
    void headers_are_limited() {
        assertThat(failure(FaultyServer.endlessHeaders()).code()).isEqualTo("RESPONSE_TOO_LARGE");
        assertThat(failure(FaultyServer.hugeHeader(100_000)).code()).isEqualTo("RESPONSE_TOO_LARGE");
    }

    private static ToolException impatient(Behaviour behaviour) {
        try (HttpFixture impatient = new HttpFixture(Map.of("idleTimeout", "300ms"))) {
            impatient.server.on("/", behaviour);
            return impatient.get("/").failure(impatient.tool);
        }
    }

    @Test
    void a_server_that_says_nothing_is_a_timeout() {
        ToolException failure = impatient(FaultyServer.silent());

        assertThat(failure.code()).isEqualTo("TIMEOUT");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void a_body_that_stalls_is_a_timeout() {
        assertThat(impatient(exchange -> exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")
                                .awaitClientLeft())
                        .code())
                .isEqualTo("TIMEOUT");
    }

    @Test
    void the_body_of_a_failure_that_comes_drop_by_drop_is_not_waited_for() {
        ToolException failure = failure(FaultyServer.drip(503, Duration.ofMillis(100)));

        assertThat(failure.code()).isEqualTo("HTTP_503");
        assertThat(String.valueOf(failure.context().get("body"))).matches("x{1,10}");
    }

    @Test
    void nobody_listening_is_a_failure_to_connect() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        ToolException failure =
                TestCall.with(Map.of("url", "http://127.0.0.1:" + port + "/")).failure(http.tool);

        assertThat(failure.code()).isEqualTo("CONNECT");
        assertThat(failure.isRetryable()).isTrue();
    }

    static Stream<Named<Behaviour>> endlessBehaviours() {
        return Stream.of(
                Named.of("silent", FaultyServer.silent()),
                Named.of("drip", FaultyServer.drip(200, Duration.ofMillis(50))),
                Named.of("flood", FaultyServer.endless()));
    }

    @ParameterizedTest
    @MethodSource("endlessBehaviours")
    void a_call_that_is_told_to_stop_breaks_off_at_once(Behaviour behaviour) {
        try (HttpFixture patient = new HttpFixture(Map.of("idleTimeout", "10m", "maxResponseBytes", "100GiB"))) {
            patient.server.on("/", behaviour);
            TestCall call = patient.get("/");
            CompletableFuture<ToolResult> result = call.start(patient.tool);
            await().until(() -> !patient.server.requests().isEmpty());

            call.stop();

            assertStopped(result);
            await().until(() -> patient.server.connections() == 0);
        }
    }

    private static void assertStopped(CompletableFuture<ToolResult> result) {
        assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void a_call_that_was_told_to_stop_before_it_began_sends_nothing() {
        TestCall call = http.get("/");
        call.cancel();

        assertStopped(call.start(http.tool));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void closing_the_family_breaks_off_what_runs_and_refuses_what_comes() {
        server.on("/", FaultyServer.drip(200, Duration.ofMillis(50)));
        CompletableFuture<ToolResult> result = http.get("/").start(http.tool);
        await().until(() -> !server.requests().isEmpty());

        http.provider.close();

        assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ToolException.class);
        assertThat(http.get("/").failure(http.tool)).hasMessageContaining("engine is closed");
    }
}
