package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.OnToolChange;
import dev.ropewalk.tool.mcp.ServerSettings.Url;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a server's name may lead.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void these_are_not_public(String address) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.255",
                "64:ff9b::808:808",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void these_are_public(String address) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    private static AddressGuard guard(boolean allowPrivate) throws UnknownHostException {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("metadata.example", InetAddress.ofLiteral("169.254.169.254"));
        names.add("home.example", InetAddress.ofLiteral("192.168.1.2"), InetAddress.ofLiteral("fd00::1"));
        names.add("public.example", InetAddress.ofLiteral("1.1.1.1"));
        names.add("mixed.example", InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("127.0.0.1"));
        names.add("localhost", InetAddress.ofLiteral("127.0.0.1"));
        names.add("localhost.", InetAddress.ofLiteral("127.0.0.1"));
        names.add("127.0.0.1", InetAddress.ofLiteral("127.0.0.1"));
        names.add("2130706433", InetAddress.ofLiteral("127.0.0.1"));
        names.add("[::1]", InetAddress.ofLiteral("::1"));
        return new AddressGuard(new Url(URI.create("http://x/"), Map.of(), allowPrivate), names);
    }

    @Test
    void a_name_may_lead_to_public_addresses_only() throws Exception {
        assertThat(guard(false).resolve("public.example")).hasSize(1);
        for (String name : new String[] {"mixed.example", "localhost.", "2130706433"}) {
            assertThatThrownBy(() -> guard(false).resolve(name))
                    .isInstanceOf(AddressGuard.Denied.class)
                    .hasMessageContaining(name + " resolves to 127.0.0.1, which is not a public address");
        }
    }

    @Test
    void an_address_that_is_configured_as_such_is_meant() throws Exception {
        assertThat(guard(false).resolve("127.0.0.1")).hasSize(1);
        assertThat(guard(false).resolve("[::1]")).hasSize(1);
        assertThat(guard(false).resolve("localhost")).hasSize(1);
        assertThat(guard(false).resolveCanonicalHostname("localhost")).isEqualTo("localhost");
    }

    @Test
    void the_configuration_can_allow_private_addresses_but_not_where_clouds_keep_credentials() throws Exception {
        assertThat(guard(true).resolve("mixed.example")).hasSize(2);
        assertThat(guard(true).resolve("home.example")).hasSize(2);
        assertThatThrownBy(() -> guard(true).resolve("metadata.example")).isInstanceOf(AddressGuard.Denied.class);
    }

    @Test
    void a_name_that_leads_into_the_own_network_is_not_connected_to() throws Exception {
        try (FakeHttp fake = new FakeHttp()) {
            URI url = URI.create(fake.url().replace("127.0.0.1", "mcp.example"));
            ToolException failure = failure(new Url(url, Map.of(), false));

            Servers.assertFails(failure, "ADDRESS_DENIED", false);
            assertThat(failure.message())
                    .contains("mcp.example resolves to 127.0.0.1")
                    .contains("tools.mcp.servers.s.allowPrivateAddresses");
            assertThat(fake.requests).isEmpty();
            assertThat(failure(new Url(url, Map.of(), true)).code()).isEqualTo("TOOL_NOT_FOUND");
            assertThat(fake.requests).isNotEmpty();
        }
    }

    private static ToolException failure(Url url) throws Exception {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("mcp.example", InetAddress.ofLiteral("127.0.0.1"));
        ServerSettings settings = new ServerSettings(
                "s", url, Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20, OnToolChange.REFUSE);
        RestartPolicy restarts = new RestartPolicy(System::nanoTime, new SplittableRandom(1));
        try (McpServer server = new McpServer(settings, () -> new HttpWire(settings, url, names), restarts)) {
            return catchThrowableOfType(ToolException.class, () -> server.tool(new ToolName("s", "x")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "0x7f000001", "2130706433", "017700000001", "localhost."})
    void odd_spellings_are_names_like_any_other(String host) {
        Url url = new Url(URI.create("http://x/"), Map.of(), false);

        assertThatThrownBy(() -> new AddressGuard(url, SystemDefaultDnsResolver.INSTANCE).resolve(host))
                .isInstanceOf(UnknownHostException.class);
    }
}
