package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.Usage;
import dev.ropewalk.tool.system.TestCall;
import dev.ropewalk.tool.system.http.FaultyServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpToolTest {
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

    private Map<String, @Nullable Object> fields(TestCall call) throws Exception {
        return call.fields(http.tool);
    }

    private ToolException failure(TestCall call) {
        return call.failure(http.tool);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void an_answer_becomes_status_headers_body_and_url() throws Exception {
        server.on(
                "/hello",
                FaultyServer.answer(
                        201,
                        "text/plain",
                        "grüß dich",
                        "X-One: a",
                        "x-one: b",
                        "Set-Cookie: a=1, 2",
                        "Set-Cookie: b=3"));

        Map<String, @Nullable Object> result = fields(http.get("/hello"));

        assertThat(result.keySet()).containsExactly("status", "headers", "body", "url");
        assertThat(result).containsEntry("status", 201L).containsEntry("url", server.url("/hello"));
        assertThat(result.get("headers"))
                .isEqualTo(Map.of(
                        "content-type", "text/plain",
                        "x-one", "a, b",
                        "set-cookie", List.of("a=1, 2", "b=3"),
                        "content-length", "11"));
        assertThat(TestCall.text(result.get("body"))).isEqualTo("grüß dich");
    }

    @Test
    void what_an_answer_says_that_it_used_is_reported() throws Exception {
        String body = "{\"usage\":{\"total_tokens\":12,\"price\":0.02}}";
        server.on("/chat", FaultyServer.answer(200, "application/json", body));

        assertThat(http.get("/chat").result(http.tool).usage())
                .containsExactly(new Usage(Usage.TOKENS, "tokens", 12_000, 0));
        assertThat(http.get("/chat")
                        .and("usage", Map.of("cost", "/usage/price"))
                        .result(http.tool)
                        .usage())
                .containsExactly(new Usage(Usage.TOKENS, "tokens", 12_000, 20_000));
        assertThat(failure(http.get("/chat").and("usage", "tokens")).code()).isEqualTo("INVALID_ARGUMENTS");
    }

    @Test
    void json_becomes_a_value_if_the_answer_says_that_it_is_json() throws Exception {
        server.on("/json", FaultyServer.answer(200, "application/problem+json; charset=utf-8", "{\"a\":[1,2.5]}"))
                .on("/text", FaultyServer.answer(200, "text/plain", "{\"a\":1}"))
                .on("/empty", FaultyServer.answer(200, "application/json", ""))
                .on(
                        "/chunked",
                        exchange -> exchange.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));

        assertThat(fields(http.get("/json")))
                .containsEntry("json", Map.of("a", List.of(1L, 2.5)))
                .doesNotContainKey("body");
        assertThat(fields(http.get("/text"))).containsKey("body").doesNotContainKey("json");
        assertThat(fields(http.get("/text").and("parse", "json"))).containsEntry("json", Map.of("a", 1L));
        assertThat(TestCall.text(fields(http.get("/json").and("parse", "text")).get("body")))
                .isEqualTo("{\"a\":[1,2.5]}");
        assertThat(TestCall.text(fields(http.get("/empty")).get("body"))).isEmpty();
        assertThat(TestCall.text(fields(http.get("/chunked")).get("body"))).isEmpty();
    }

    @Test
    void F31_an_answer_that_promised_json_and_is_none_is_a_failure() {
        server.on("/", FaultyServer.answer(200, "application/json", "<html>"));

        ToolException failure = failure(http.get("/"));

        assertThat(failure.code()).isEqualTo("INVALID_OUTPUT");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.message()).contains("not JSON at byte", "parse: text");
        assertThat(failure.context()).containsEntry("status", 200L);
    }

    @Test
    void a_binary_body_becomes_base64() throws Exception {
        byte[] bytes = {0, 1, (byte) 0xff, 4};
        server.on("/", FaultyServer.answer(200, "image/png", bytes))
                .on("/text", FaultyServer.answer(200, "text/plain", "hi"));

        Map<String, @Nullable Object> result = fields(http.get("/"));

        assertThat(result).containsEntry("encoding", "base64");
        assertThat(Base64.getDecoder().decode(TestCall.text(result.get("body"))))
                .isEqualTo(bytes);
        assertThat(TestCall.text(
                        fields(http.get("/text").and("parse", "base64")).get("body")))
                .isEqualTo("aGk=");
    }

    @Test
    void a_binary_body_that_the_engine_would_cut_is_refused() {
        server.on("/", FaultyServer.answer(200, "image/png", new byte[TestCall.OUTPUT_LIMIT]));

        assertThat(failure(http.get("/")).code()).isEqualTo("RESPONSE_TOO_LARGE");
    }

    @Test
    void text_of_another_charset_becomes_utf_8() throws Exception {
        String text = "grüße ".repeat(5_000);
        server.on("/latin", FaultyServer.answer(200, "text/html; charset=\"ISO-8859-1\"", text.getBytes(ISO_8859_1)))
                .on("/wide", FaultyServer.answer(200, "text/html;Charset=utf-16", text.getBytes(UTF_16)))
                .on("/unknown", FaultyServer.answer(200, "text/html; charset=klingon", "ü"))
                .on("/illegal", FaultyServer.answer(200, "text/html; charset=%%", "ü"));

        assertThat(TestCall.text(fields(http.get("/latin")).get("body"))).isEqualTo(text);
        assertThat(TestCall.text(fields(http.get("/wide")).get("body"))).isEqualTo(text);
        assertThat(TestCall.text(fields(http.get("/unknown")).get("body"))).isEqualTo("ü");
        assertThat(TestCall.text(fields(http.get("/illegal")).get("body"))).isEqualTo("ü");
    }

    @Test
    void a_compressed_body_is_unpacked() throws Exception {
        server.on("/", FaultyServer.answer(200, "text/plain", gzip("packed"), "Content-Encoding: gzip"))
                .on("/none", FaultyServer.answer(204, "text/plain", "", "Content-Encoding: gzip"))
                .on(
                        "/nothing",
                        exchange -> exchange.write(
                                "HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));

        assertThat(TestCall.text(fields(http.get("/")).get("body"))).isEqualTo("packed");
        assertThat(server.lastRequest().headers()).containsEntry("accept-encoding", "gzip");
        assertThat(TestCall.text(fields(http.get("/none")).get("body"))).isEmpty();
        assertThat(TestCall.text(fields(http.get("/nothing")).get("body"))).isEmpty();
    }

    @Test
    void a_request_carries_what_the_plan_says() throws Exception {
        server.on("/echo", FaultyServer.echo());

        fields(http.get("/echo?a=1")
                .and("method", "PUT")
                .and("query", Map.of("q", List.of("x y", 2L, "&=ü")))
                .and("headers", Map.of("X-Number", 7L, "X-List", List.of("only")))
                .and("json", Map.of("k", List.of(1L, true))));

        Request request = server.lastRequest();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/echo?a=1&q=x%20y&q=2&q=%26%3D%C3%BC");
        assertThat(request.body()).isEqualTo("{\"k\":[1,true]}");
        assertThat(request.headers())
                .containsEntry("x-number", "7")
                .containsEntry("x-list", "only")
                .containsEntry("content-type", "application/json")
                .containsEntry("content-length", "14")
                .containsEntry("host", "127.0.0.1:" + server.port())
                .containsEntry("user-agent", "ropewalk")
                .containsEntry("accept", "*/*")
                .doesNotContainKeys("cookie", "upgrade", "transfer-encoding");
    }

    @Test
    void a_body_is_posted_as_text_or_as_a_form_too() throws Exception {
        server.on("/echo", FaultyServer.echo());

        fields(http.get("/echo").and("text", "grüß").and("headers", Map.of("content-type", "text/markdown")));
        assertThat(server.lastRequest().method()).isEqualTo("POST");
        assertThat(server.lastRequest().body()).isEqualTo("grüß");
        assertThat(server.lastRequest().headers()).containsEntry("content-type", "text/markdown");

        fields(http.get("/echo").and("text", ""));
        assertThat(server.lastRequest().headers()).containsEntry("content-type", "text/plain; charset=utf-8");

        fields(http.get("/echo").and("form", Map.of("a b", List.of(1L, "+"))));
        assertThat(server.lastRequest().body()).isEqualTo("a%20b=1&a%20b=%2B");
        assertThat(server.lastRequest().headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
    }

    @Test
    void a_call_that_changes_something_carries_its_idempotency_key() throws Exception {
        server.on("/echo", FaultyServer.echo());

        fields(http.get("/echo"));
        assertThat(server.lastRequest().headers()).doesNotContainKey("idempotency-key");
        fields(http.get("/echo").and("method", "DELETE"));
        assertThat(server.lastRequest().headers()).containsEntry("idempotency-key", "execution-1/sub/task[3]/0");
        fields(http.get("/echo").and("text", "x").and("headers", Map.of("idempotency-key", "mine")));
        assertThat(server.lastRequest().headers()).containsEntry("idempotency-key", "mine");
    }

    @Test
    void a_head_request_has_no_body() throws Exception {
        server.on("/", FaultyServer.answer(200, "application/json", "{}"));

        Map<String, @Nullable Object> result = fields(http.get("/").and("method", "HEAD"));

        assertThat(TestCall.text(result.get("body"))).isEmpty();
    }

    @Test
    void connections_are_used_again() throws Exception {
        server.on("/echo", FaultyServer.echo());

        for (int i = 0; i < 5; i++) {
            fields(http.get("/echo"));
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_connection_that_the_server_has_just_closed_is_no_failure() throws Exception {
        server.on("/", exchange -> {
            FaultyServer.answer(200, "text/plain", "bye").answer(exchange);
            exchange.end();
        });

        for (int i = 0; i < 20; i++) {
            assertThat(fields(http.get("/"))).containsEntry("status", 200L);
        }
    }

    @Test
    void many_requests_run_at_once() throws Exception {
        server.on("/echo", FaultyServer.echo());
        List<CompletableFuture<?>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            results.add(http.get("/echo?" + i).start(http.tool));
        }

        for (CompletableFuture<?> result : results) {
            result.get();
        }

        assertThat(server.requests()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void some_answers_may_be_better_next_time(int status) {
        server.on("/", FaultyServer.answer(status, "text/plain", "busy"));

        ToolException failure = failure(http.get("/?token=secret"));

        assertThat(failure.code()).isEqualTo("HTTP_" + status);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.message()).isEqualTo("http: " + server.url("/") + " answered " + status + " Status");
        assertThat(failure.context())
                .isEqualTo(Map.of("status", (long) status, "url", server.url("/"), "body", "busy"));
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 409, 410, 422, 501})
    void others_stay_as_they_are(int status) {
        server.on("/", FaultyServer.answer(status, "text/plain", "x".repeat(100_000)));

        ToolException failure = failure(http.get("/"));

        assertThat(failure.code()).isEqualTo("HTTP_" + status);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(String.valueOf(failure.context().get("body"))).hasSize(2_000);
    }

    @Test
    void the_plan_says_which_answers_are_a_success() throws Exception {
        server.on("/404", FaultyServer.answer(404, "text/plain", ""))
                .on("/204", FaultyServer.answer(204, "text/plain", ""));

        assertThat(fields(http.get("/404").and("successStatus", List.of(200L, "400-404"))))
                .containsEntry("status", 404L);
        assertThat(failure(http.get("/204").and("successStatus", List.of(200L))).code())
                .isEqualTo("HTTP_204");
    }

    @Test
    void a_server_may_ask_for_a_delay_within_the_limit() {
        server.on("/3", FaultyServer.answer(429, "text/plain", "", "Retry-After: 3"))
                .on("/years", FaultyServer.answer(503, "text/plain", "", "Retry-After: 1000000000"))
                .on("/odd", FaultyServer.answer(503, "text/plain", "", "Retry-After: soon"));

        assertThat(failure(http.get("/3")).retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure(http.get("/years")).retryAfter()).contains(Duration.ofMinutes(5));
        assertThat(failure(http.get("/odd")).retryAfter()).isEmpty();
    }

    @Test
    void all_problems_of_the_arguments_are_told_at_once() {
        Map<String, @Nullable Object> headers = new HashMap<>();
        headers.put("Host", "other");
        headers.put("bad name", "x");
        headers.put("X-Split", "a\r\nX-Injected: b");
        headers.put("X-Null", null);
        ToolException failure = failure(TestCall.with(Map.of(
                "url", "ftp://example.com/",
                "method", "TRACE",
                "headers", headers,
                "json", 1L,
                "text", "x",
                "query", Map.of("a", Map.of()),
                "successStatus", List.of(99L, "600", true),
                "maxBytes", "1GiB",
                "parse", "xml",
                "timeout", "3s")));

        assertThat(failure.code()).isEqualTo("INVALID_ARGUMENTS");
        assertThat(failure.message())
                .contains(
                        "with.url must begin with http:// or https://",
                        "with.method is text but must be one of GET, HEAD",
                        "with.headers.Host is set by the client",
                        "with.headers.bad name is not a name of a header",
                        "with.headers.X-Split holds a character that no header can carry",
                        "with.headers.X-Null is null",
                        "with.json and the other bodies",
                        "with.query.a is a map",
                        "with.successStatus must hold status codes",
                        "with.maxBytes is above the limit of 10485760 bytes that tools.http.maxResponseBytes sets",
                        "with.parse is text but must be one of auto, json, text, base64",
                        "with.timeout is not known");
        assertThat(failure(TestCall.with(Map.of())).message()).contains("with.url is missing");
        assertThat(IntStream.of(0)
                        .mapToObj(_ -> failure(TestCall.with(Map.of("url", 5L))).message()))
                .allMatch(message -> message.equals("http: with.url is a number but must be text"));
    }
}
