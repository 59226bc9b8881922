package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.TestCall;
import dev.ropewalk.tool.system.egress.GuardedResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S22: requests reach only addresses that were checked, however a URL spells them.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpAddressTest {

    private static HttpToolProvider provider(Map<String, ?> values, GuardedResolver.Lookup lookup) {
        HttpSettings settings = HttpSettings.of(HttpFixture.settings(Map.copyOf(values)));
        return new HttpToolProvider(
                settings,
                new GuardedResolver(settings.policy(), settings.connectTimeout(), lookup),
                InstantSource.system());
    }

    private static InetAddress[] inside(String name) throws UnknownHostException {
        if (name.endsWith("inside.example")) {
            return new InetAddress[] {InetAddress.ofLiteral("10.1.2.3")};
        }
        if (name.endsWith("localhost")) {
            return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")};
        }
        throw new UnknownHostException(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:22/",
                "https://127.0.0.1/",
                "HTTP://127.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.255.255.254/",
                "http://0x7f000001/",
                "http://0x7f.0x0.0x0.0x1/",
                "http://0x7f.1/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://0177.0.0x0.1/",
                "http://00000177.0.0.1/",
                "http://127.0.0.1./",
                "http://127.0.0.1.:80/",
                "http://0/",
                "http://0.0.0.0/",
                "http://0x0/",
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]:8080/",
                "http://[::127.0.0.1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[0:0:0:0:0:ffff:10.0.0.1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:7f00:1::]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25lo]/",
                "http://[ff02::1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://169.254.43518/",
                "http://2852039166/",
                "http://0xa9fea9fe/",
                "http://10.0.0.1/",
                "http://10.1/",
                "http://172.16.0.1/",
                "http://192.168.0.1/",
                "http://192.168.257/",
                "http://3232235777/",
                "http://100.64.0.1/",
                "http://100.100.100.200/",
                "http://192.0.0.192/",
                "http://198.18.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://192.0.2.1/",
                "http://localhost/",
                "http://LOCALHOST./",
                "http://x.localhost/",
                "http://db.inside.example/",
                "http://\uff11\uff12\uff17.0.0.1/",
                "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
                "http://127\u30020\u30020\u30021/",
                "http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54/",
                "http://127.0.0.1@8.8.8.8/",
                "http://8.8.8.8@127.0.0.1/",
                "http://8.8.8.8%2f@127.0.0.1/",
                "http://8.8.8.8\\@127.0.0.1/",
                "http://8.8.8.8#@127.0.0.1\\",
                "http://%31%32%37.0.0.1/",
                "http://127.0.0.1%00.example/",
                "http://127.0.0.256/",
                "http://1.2.3.4.5/",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "jar:http://127.0.0.1!/",
                "//127.0.0.1/"
            })
    void S22_no_url_leads_to_an_address_that_is_not_public(String url) throws Exception {
        try (HttpToolProvider provider = provider(Map.of(), HttpAddressTest::inside)) {
            ToolException failure = TestCall.with(Map.of("url", url))
                    .failure(provider.find("http").orElseThrow());

            assertThat(failure.code()).isIn("ADDRESS_DENIED", "INVALID_ARGUMENTS");
            assertThat(failure.isRetryable()).isFalse();
        }
    }

    @Test
    void a_refusal_says_which_setting_would_allow_it() throws Exception {
        try (HttpToolProvider provider = provider(Map.of(), HttpAddressTest::inside)) {
            Tool http = provider.find("http").orElseThrow();

            assertThat(TestCall.with(Map.of("url", "http://db.inside.example:5984/"))
                            .failure(http)
                            .message())
                    .isEqualTo("http: db.inside.example points to 10.1.2.3, a private address, and requests go to"
                            + " public addresses only; if this one is meant, add \"10.1.2.3:5984\" to"
                            + " tools.http.allow");
            assertThat(TestCall.with(Map.of("url", "http://nowhere.example/"))
                            .failure(http)
                            .code())
                    .isEqualTo("DNS");
        }
    }

    /// 127.0.0.2 plays the public address: it alone is allowed.
    @Test
    @EnabledOnOs(OS.LINUX)
    void S22_a_name_server_that_changes_its_mind_gains_nothing() throws Exception {
        InetAddress outside = InetAddress.ofLiteral("127.0.0.2");
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        AtomicInteger asked = new AtomicInteger();
        GuardedResolver.Lookup rebinding = _ -> new InetAddress[] {asked.getAndIncrement() == 0 ? outside : loopback};
        try (FaultyServer server = FaultyServer.start(new ServerSocket(0, 50, outside), "http");
                HttpToolProvider provider = provider(Map.of("allow", List.of("127.0.0.2")), rebinding)) {
            server.on("/", exchange -> {
                FaultyServer.answer(200, "text/plain", "ok", "Connection: close")
                        .answer(exchange);
                exchange.end();
            });
            Tool http = provider.find("http").orElseThrow();
            Map<String, String> url = Map.of("url", "http://rebind.example:" + server.port() + "/");

            assertThat(TestCall.with(url).fields(http)).containsEntry("status", 200L);
            assertThat(asked).hasValue(1);
            assertThat(TestCall.with(url).failure(http).code()).isEqualTo("ADDRESS_DENIED");
            assertThat(asked).hasValue(2);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.lastRequest().headers()).containsEntry("host", "rebind.example:" + server.port());
        }
    }

    @Test
    void an_address_of_ipv6_is_called_by_its_number() throws Exception {
        try (FaultyServer server = FaultyServer.start(onSix(), "http");
                HttpFixture http = new HttpFixture(Map.of())) {
            server.on("/", FaultyServer.answer(200, "text/plain", "six"));

            Map<String, ?> result = TestCall.with(Map.of("url", "http://[::1]:" + server.port() + "/"))
                    .fields(http.tool);

            assertThat(result.get("status")).isEqualTo(200L);
            assertThat(server.lastRequest().headers().get("host"))
                    .startsWith("[")
                    .endsWith("]:" + server.port());
        }
    }

    private static ServerSocket onSix() {
        try {
            return new ServerSocket(0, 50, InetAddress.ofLiteral("::1"));
        } catch (IOException e) {
            assumeThat(false).as("this machine has IPv6").isTrue();
            throw new AssertionError(e);
        }
    }
}
