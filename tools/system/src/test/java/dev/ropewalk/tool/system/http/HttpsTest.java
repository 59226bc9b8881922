package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.TestCall;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpsTest {
    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    static Path directory;

    private static Path keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private static ServerSocket encrypted() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void F33_a_certificate_that_nobody_vouches_for_is_a_permanent_failure() throws Exception {
        try (FaultyServer server = FaultyServer.start(encrypted(), "https");
                HttpFixture http = new HttpFixture(Map.of())) {
            ToolException failure =
                    TestCall.with(Map.of("url", server.url("/"))).failure(http.tool);

            assertThat(failure.code()).isEqualTo("TLS");
            assertThat(failure.isRetryable()).isFalse();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_server_that_does_not_speak_tls_is_a_failure() {
        try (HttpFixture http = new HttpFixture(Map.of())) {
            http.server.on("/", FaultyServer.nonsense());
            String url = http.server.url("/").replace("http:", "https:");

            assertThat(TestCall.with(Map.of("url", url)).failure(http.tool).code())
                    .isIn("TLS", "IO");
        }
    }

    @Test
    void a_trusted_server_is_called_and_a_foreign_name_is_not() throws Exception {
        System.setProperty(TRUST_STORE, keys.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
        try (FaultyServer server = FaultyServer.start(encrypted(), "https");
                HttpFixture http = new HttpFixture(Map.of())) {
            server.on("/", FaultyServer.answer(200, "text/plain", "safe"));

            assertThat(TestCall.text(TestCall.with(Map.of("url", server.url("/")))
                            .fields(http.tool)
                            .get("body")))
                    .isEqualTo("safe");
            String other = server.url("/").replace("127.0.0.1", "localhost");
            assertThat(TestCall.with(Map.of("url", other)).failure(http.tool))
                    .extracting(ToolException::code, ToolException::isRetryable)
                    .containsExactly("TLS", false);
        } finally {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(TRUST_STORE_PASSWORD);
        }
    }
}
