package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.TestCall;
import dev.ropewalk.tool.system.http.FaultyServer.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpRedirectTest {
    private HttpFixture http;
    private FaultyServer server;

    @BeforeEach
    void open() {
        http = new HttpFixture(Map.of());
        server = http.server.on("/end", FaultyServer.echo());
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Map<String, @Nullable Object> fields(TestCall call) throws Exception {
        return call.fields(http.tool);
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "303, PUT, GET",
        "303, HEAD, HEAD",
        "301, PUT, PUT",
        "307, POST, POST",
        "308, PATCH, PATCH"
    })
    void a_redirect_keeps_or_changes_the_method_as_the_standard_says(int status, String method, String then)
            throws Exception {
        server.on("/start", FaultyServer.redirect(status, "/end"));
        TestCall call = http.get("/start").and("method", method);
        if (!method.equals("HEAD")) {
            call.and("text", "body");
        }

        assertThat(fields(call)).containsEntry("url", server.url("/end"));

        Request last = server.lastRequest();
        boolean keepsBody = then.equals(method) && !method.equals("HEAD");
        assertThat(last.method()).isEqualTo(then);
        assertThat(last.body()).isEqualTo(keepsBody ? "body" : "");
        assertThat(last.headers().containsKey("content-type")).isEqualTo(keepsBody);
        assertThat(last.headers().containsKey("idempotency-key")).isEqualTo(keepsBody);
    }

    @Test
    void a_redirect_may_be_relative_and_sloppy() throws Exception {
        server.on("/a/start", FaultyServer.redirect(302, "?next=1"));
        server.on("/a/b", FaultyServer.redirect(302, "../end?x=a b|c#fragment"));

        fields(http.get("/a/b"));
        assertThat(server.lastRequest().path()).isEqualTo("/end?x=a%20b%7Cc");

        assertThat(http.get("/a/start").failure(http.tool).code()).isEqualTo("TOO_MANY_REDIRECTS");
        assertThat(server.lastRequest().path()).isEqualTo("/a/start?next=1");
    }

    @Test
    void F33_a_circle_of_redirects_is_a_failure() {
        server.on("/a", FaultyServer.redirect(302, "/b")).on("/b", FaultyServer.redirect(302, "/a"));

        ToolException failure = http.get("/a").failure(http.tool);

        assertThat(failure.code()).isEqualTo("TOO_MANY_REDIRECTS");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.message()).contains("in a circle");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void F33_a_long_chain_of_redirects_is_a_failure() throws Exception {
        for (int i = 0; i < 6; i++) {
            server.on("/" + i, FaultyServer.redirect(302, i == 5 ? "/end" : "/" + (i + 1)));
        }

        assertThat(fields(http.get("/1"))).containsEntry("status", 200L);
        assertThat(http.get("/0").failure(http.tool).message()).contains("more than 5 times");
    }

    @Test
    void redirects_are_followed_only_if_the_plan_wants_it() throws Exception {
        server.on("/start", FaultyServer.redirect(302, "/end"));

        Map<String, @Nullable Object> result = fields(http.get("/start").and("followRedirects", false));

        assertThat(result).containsEntry("status", 302L).containsEntry("url", server.url("/start"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void S22_credentials_do_not_follow_to_another_origin() throws Exception {
        try (FaultyServer other = FaultyServer.start()) {
            other.on("/end", FaultyServer.echo());
            server.on("/away", FaultyServer.redirect(307, other.url("/end")))
                    .on("/stay", FaultyServer.redirect(307, "/end"));
            Map<String, Object> headers = Map.of(
                    "Authorization", "Bearer s",
                    "Cookie", "s=1",
                    "X-Api-Key", "s",
                    "Accept-Language", "de");

            fields(http.get("/away").and("headers", headers).and("text", "body"));
            assertThat(other.lastRequest().headers())
                    .containsEntry("accept-language", "de")
                    .containsEntry("content-type", "text/plain; charset=utf-8")
                    .doesNotContainKeys("authorization", "cookie", "x-api-key", "idempotency-key");
            assertThat(other.lastRequest().body()).isEqualTo("body");

            fields(http.get("/stay").and("headers", headers));
            assertThat(server.lastRequest().headers()).containsKeys("authorization", "cookie", "x-api-key");
        }
    }

    @Test
    void S22_a_redirect_is_checked_like_the_first_address() {
        try (HttpFixture strict = new HttpFixture(
                Map.of("allowPrivateAddresses", false, "allow", List.of("127.0.0.1:" + server.port())))) {
            for (String location : List.of(
                    "http://127.0.0.1:1/",
                    "http://169.254.169.254/latest/meta-data/",
                    "//10.0.0.1/",
                    "http://[::1]/")) {
                server.on("/start", FaultyServer.redirect(302, location));

                assertThat(http.get("/start").failure(strict.tool).code()).isEqualTo("ADDRESS_DENIED");
            }
        }
    }

    @Test
    void a_redirect_to_no_url_that_can_be_called_is_a_failure() {
        for (String location :
                List.of("file:///etc/passwd", "http://user:pw@127.0.0.1/", "http://%zz/", "gopher://x")) {
            server.on("/start", FaultyServer.redirect(302, location));

            ToolException failure = http.get("/start").failure(http.tool);

            assertThat(failure.code()).isEqualTo("REDIRECT_DENIED");
            assertThat(failure.isRetryable()).isFalse();
        }
    }

    @Test
    void a_redirect_without_a_location_is_the_answer() {
        server.on("/start", FaultyServer.answer(302, "text/plain", "lost"));

        assertThat(http.get("/start").failure(http.tool).code()).isEqualTo("HTTP_302");
    }
}
