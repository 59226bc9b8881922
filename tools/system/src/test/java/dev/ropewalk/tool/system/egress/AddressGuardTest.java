package dev.ropewalk.tool.system.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressGuardTest {
    private static final Duration PATIENTLY = Duration.ofSeconds(30);
    private static final AddressPolicy PUBLIC_ONLY = AddressPolicy.of(false, List.of());

    private static InetAddress[] addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | loopback",
                "127.255.255.255 | loopback",
                "10.0.0.1 | private",
                "172.16.0.1 | private",
                "172.31.255.255 | private",
                "192.168.1.1 | private",
                "100.64.0.1 | shared",
                "100.127.255.255 | shared",
                "169.254.169.254 | link-local",
                "0.0.0.0 | unspecified",
                "0.1.2.3 | unspecified",
                "224.0.0.1 | multicast",
                "239.255.255.255 | multicast",
                "255.255.255.255 | reserved",
                "240.0.0.1 | reserved",
                "192.0.2.1 | documentation",
                "198.51.100.1 | documentation",
                "203.0.113.1 | documentation",
                "198.18.0.1 | reserved",
                "192.0.0.192 | reserved",
                "192.88.99.1 | reserved",
                "::1 | loopback",
                ":: | unspecified",
                "fc00::1 | private",
                "fd00:ec2::254 | private",
                "fe80::1 | link-local",
                "fec0::1 | private",
                "ff02::1 | multicast",
                "2001:db8::1 | documentation",
                "3fff::1 | documentation",
                "::127.0.0.1 | translated",
                "::ffff:0:7f00:1 | translated",
                "64:ff9b::7f00:1 | translated",
                "64:ff9b::808:808 | translated",
                "64:ff9b:1::1 | translated",
                "100::1 | reserved",
                "2001:20::1 | reserved",
                "5f00::1 | reserved",
                "2002:7f00:1:: | loopback",
                "2002:a00:1:: | private",
                "2002:a9fe:a9fe::1 | link-local",
                "2001:0:7f00:1:: | loopback",
                "2001:0:808:808:0:0:80ff:fffe | loopback",
            })
    void S22_an_address_that_is_not_public_is_denied(String address, String kind) {
        assertThatThrownBy(() -> PUBLIC_ONLY.check("host", InetAddress.ofLiteral(address), 80))
                .isInstanceOf(AddressDeniedException.class)
                .hasMessageContaining("host points to ")
                .hasMessageContaining(", a " + kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2002:808:808::1",
                "2001:0:808:808:0:0:f7f7:f7f7"
            })
    void a_public_address_is_allowed(String address) throws Exception {
        PUBLIC_ONLY.check("host", InetAddress.ofLiteral(address), 80);
    }

    @ParameterizedTest
    @CsvSource({
        "127.1, 127.0.0.1",
        "127.0.1, 127.0.0.1",
        "0x7f000001, 127.0.0.1",
        "0X7F.0.0.0x1, 127.0.0.1",
        "2130706433, 127.0.0.1",
        "017700000001, 127.0.0.1",
        "0177.0.0.01, 127.0.0.1",
        "127.0.0.1., 127.0.0.1",
        "0, 0.0.0.0",
        "0x, 0.0.0.0",
        "00, 0.0.0.0",
        "4294967295, 255.255.255.255",
        "134744072, 8.8.8.8",
        "１２７.0.0.1, 127.0.0.1",
        "①②⑦.⓪.⓪.①, 127.0.0.1",
        "127。0。0。1, 127.0.0.1",
        "LOCALHOST., localhost",
        "[::1], 0:0:0:0:0:0:0:1",
        "EXAMPLE.com, example.com"
    })
    void S22_every_spelling_of_a_host_has_one_reading(String spelled, String name) {
        assertThat(HostName.of(spelled).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.256",
                "127.0.0.08",
                "0x1ffffffff",
                "4294967296",
                "1.16777216",
                "99999999999999999999",
                "0x100000000000",
                "a.1",
                "127.0.0.1..",
                "a%2e",
                "[127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:8.8.8.8]",
                "[fe80::1%eth0]",
                "[:::]",
                "a b",
                "a/b",
                "a:1",
                "\u0000",
                "xn--\u00fc-"
            })
    void what_is_no_host_is_refused(String spelled) {
        assertThatThrownBy(() -> HostName.of(spelled)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_may_hold_digits_if_it_does_not_end_in_a_number() {
        for (String name : List.of("a.0x7g", "1.2.3.4.example", "127.0.0.1-host", "3com")) {
            assertThat(HostName.of(name).address()).isEmpty();
        }
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> HostName.of("a.".repeat(200) + "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_switch_opens_our_networks_but_not_where_clouds_keep_credentials() throws Exception {
        AddressPolicy policy = AddressPolicy.of(true, List.of());
        for (String ours : List.of("127.0.0.1", "10.0.0.1", "192.168.0.1", "100.64.0.1", "::1", "fd00::1")) {
            policy.check("host", InetAddress.ofLiteral(ours), 80);
        }
        for (String other : List.of("169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "192.0.2.1")) {
            assertThatThrownBy(() -> policy.check("host", InetAddress.ofLiteral(other), 80))
                    .isInstanceOf(AddressDeniedException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, any, 127.0.0.1, 1, true",
        "127.0.0.1:8080, any, 127.0.0.1, 8080, true",
        "127.0.0.1:8080, any, 127.0.0.1, 8081, false",
        "127.0.0.1, any, 127.0.0.2, 1, false",
        "10.0.0.0/8, any, 10.255.0.1, 1, true",
        "10.0.0.0/8, any, 192.168.0.1, 1, false",
        "10.0.0.0/8:80, any, 10.0.0.1, 80, true",
        "10.0.0.0/8:80, any, 10.0.0.1, 81, false",
        "10.32.0.0/11, any, 10.63.0.1, 1, true",
        "10.32.0.0/11, any, 10.64.0.1, 1, false",
        "0.0.0.0/0, any, 192.168.0.1, 1, true",
        "0.0.0.0/0, any, ::1, 1, false",
        "[::1]:80, any, ::1, 80, true",
        "[::1]:80, any, ::1, 81, false",
        "::1, any, ::1, 81, true",
        "fd00::/8, any, fd12::1, 1, true",
        "printer.local, printer.local, 192.168.0.9, 1, true",
        "Printer.Local:631, printer.local, 192.168.0.9, 631, true",
        "printer.local:631, printer.local, 192.168.0.9, 80, false",
        "printer.local, other.local, 192.168.0.9, 1, false"
    })
    void the_operator_allows_hosts_addresses_and_ranges(
            String entry, String host, String address, int port, boolean allowed) {
        AddressPolicy policy = AddressPolicy.of(false, List.of(entry));

        assertThat(catchThrowableOfType(
                                AddressDeniedException.class,
                                () -> policy.check(host, InetAddress.ofLiteral(address), port))
                        == null)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "fd00::/129",
                "host:0",
                "host:65536",
                "host:x",
                "a b",
                "http://host",
                "127.1",
                "[::1",
                "*.example.com"
            })
    void an_entry_that_means_nothing_is_refused(String entry) {
        assertThatThrownBy(() -> AddressPolicy.of(false, List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + entry + "\" is not a host, an address or a range");
    }

    @Test
    void a_refusal_says_which_entry_would_allow_it() {
        assertThat(catchThrowableOfType(
                                AddressDeniedException.class,
                                () -> PUBLIC_ONLY.check("::1", InetAddress.ofLiteral("::1"), 8080))
                        .entry())
                .isEqualTo("[0:0:0:0:0:0:0:1]:8080");
        assertThat(catchThrowableOfType(
                        AddressDeniedException.class,
                        () -> PUBLIC_ONLY.check("127.0.0.1", InetAddress.ofLiteral("127.0.0.1"), 80)))
                .hasMessage("127.0.0.1 is a loopback address")
                .extracting(AddressDeniedException::entry)
                .isEqualTo("127.0.0.1:80");
    }

    @Test
    void S22_one_private_address_among_public_ones_refuses_the_name() {
        try (GuardedResolver resolver =
                new GuardedResolver(PUBLIC_ONLY, PATIENTLY, _ -> addresses("8.8.8.8", "127.0.0.1"))) {
            assertThatThrownBy(() -> resolver.resolve("mixed.example", 80))
                    .isInstanceOf(AddressDeniedException.class)
                    .hasMessage("mixed.example points to 127.0.0.1, a loopback address");
        }
    }

    @Test
    void a_public_name_is_resolved_and_an_address_is_not_asked_for() throws Exception {
        try (GuardedResolver resolver = new GuardedResolver(PUBLIC_ONLY, PATIENTLY, name -> {
            assertThat(name).isEqualTo("public.example");
            return addresses("8.8.8.8", "2606:4700:4700::1111");
        })) {
            assertThat(resolver.resolve("public.example", 80))
                    .containsExactly(addresses("8.8.8.8", "2606:4700:4700::1111"));
            assertThat(resolver.resolve("1.1.1.1", 80)).containsExactly(addresses("1.1.1.1"));
        }
    }

    @Test
    void the_system_knows_localhost() {
        try (GuardedResolver resolver = new GuardedResolver(PUBLIC_ONLY, PATIENTLY)) {
            assertThatThrownBy(() -> resolver.resolve("localhost", 80)).isInstanceOf(AddressDeniedException.class);
        }
    }

    @Test
    void a_name_server_that_does_not_answer_is_not_waited_for() {
        CountDownLatch never = new CountDownLatch(1);
        try (GuardedResolver resolver = new GuardedResolver(PUBLIC_ONLY, Duration.ofMillis(50), name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(name);
            }
            return addresses();
        })) {
            assertThatThrownBy(() -> resolver.resolve("slow.example", 80))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no answer from the name server within 50 ms");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> resolver.resolve("slow.example", 80)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            never.countDown();
        }
    }

    @Test
    void an_unknown_name_is_told_so() {
        try (GuardedResolver resolver = new GuardedResolver(PUBLIC_ONLY, PATIENTLY, name -> {
            throw new UnknownHostException(name);
        })) {
            assertThatThrownBy(() -> resolver.resolve("none.example", 80))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("none.example: unknown host");
        }
    }
}
