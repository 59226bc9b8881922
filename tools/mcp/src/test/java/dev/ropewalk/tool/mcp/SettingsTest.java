package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.mcp.ServerSettings.Command;
import dev.ropewalk.tool.mcp.ServerSettings.OnToolChange;
import dev.ropewalk.tool.mcp.ServerSettings.Url;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsTest {
    private static final Path HERE = Path.of("/work-dir");

    private static Map<String, ServerSettings> read(Map<String, Object> values) {
        return SettingsReader.read(new ToolSettings(values, HERE, Map.of()));
    }

    private static ServerSettings server(Map<String, Object> server) {
        return read(Map.of("servers", Map.of("s", server))).get("s");
    }

    private static void assertProblem(Object server, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("servers", Map.of("s", server))))
                .withMessage(problem);
    }

    @Test
    void without_a_section_there_are_no_servers() {
        assertThat(read(Map.of())).isEmpty();
    }

    @Test
    void a_command_has_defaults_for_everything_else() {
        assertThat(server(Map.of("command", List.of("npx", "-y", "server", 8080))))
                .isEqualTo(new ServerSettings(
                        "s",
                        new Command(List.of("npx", "-y", "server", "8080"), Map.of(), HERE),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        16 << 20,
                        OnToolChange.REFUSE));
    }

    @Test
    void everything_can_be_set() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("command", List.of("serve"));
        values.put("env", Map.of("PORT", 1, "DEBUG", true));
        values.put("cwd", "sub");
        values.put("startTimeout", "500ms");
        values.put("requestTimeout", "1h");
        values.put("maxMessageSize", "64MiB");
        values.put("onToolChange", "accept");

        assertThat(server(values))
                .isEqualTo(new ServerSettings(
                        "s",
                        new Command(List.of("serve"), Map.of("PORT", "1", "DEBUG", "true"), HERE.resolve("sub")),
                        Duration.ofMillis(500),
                        Duration.ofHours(1),
                        64 << 20,
                        OnToolChange.ACCEPT));
        assertThat(server(Map.of("command", List.of("x"), "startTimeout", "30s", "requestTimeout", "1d"))
                        .requestTimeout())
                .isEqualTo(Duration.ofDays(1));
        assertThat(server(Map.of("command", List.of("x"), "startTimeout", "2m", "maxMessageSize", "64KiB"))
                        .maxMessageBytes())
                .isEqualTo(65_536);
        assertThat(server(Map.of("command", List.of("x"), "maxMessageSize", "2KB"))
                        .maxMessageBytes())
                .isEqualTo(2000);
    }

    @Test
    void a_url_has_headers_and_may_lead_into_the_own_network() {
        assertThat(server(Map.of(
                                "url",
                                "https://mcp.example.com/mcp?v=1",
                                "headers",
                                Map.of("Authorization", "Bearer t"),
                                "allowPrivateAddresses",
                                true))
                        .endpoint())
                .isEqualTo(new Url(
                        URI.create("https://mcp.example.com/mcp?v=1"), Map.of("Authorization", "Bearer t"), true));
    }

    @Test
    void problems_are_told_all_at_once_each_with_its_place() {
        Map<String, Object> servers = new LinkedHashMap<>();
        servers.put("1st", Map.of());
        servers.put("second", "npx");
        servers.put("third", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("servers", servers, "server", 1)))
                .satisfies(
                        e -> assertThat(e.getMessage().lines())
                                .containsExactly(
                                        "tools.mcp.server: is not a setting here; did you mean \"servers\"?",
                                        "tools.mcp.servers.1st: a server's name starts with a letter and has at most 64 letters, digits, '-' and '_'",
                                        "tools.mcp.servers.second: must hold `command: [program, argument, …]` or `url: https://…`",
                                        "tools.mcp.servers.third: must hold `command: [program, argument, …]` or `url: https://…`"));
    }

    @Test
    void the_servers_are_a_mapping() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("servers", List.of("x"))))
                .withMessage("tools.mcp.servers: must be a mapping of names to values, not [x]");
    }

    @Test
    void a_server_is_reached_in_one_way() {
        assertProblem(
                Map.of("cwd", "x"),
                "tools.mcp.servers.s: must have either `command: [program, argument, …]` (a server that is started here) or `url: https://…` (one that runs elsewhere)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server(Map.of("command", List.of("x"), "url", "http://h/")))
                .withMessageEndingWith(", not both");
        assertProblem(
                Map.of("url", "http://h/", "env", Map.of()),
                "tools.mcp.servers.s.env: is not a setting here; there are startTimeout, requestTimeout, maxMessageSize, onToolChange, url, headers, allowPrivateAddresses");
    }

    @Test
    void a_command_is_a_list_of_texts() {
        assertProblem(
                Map.of("command", "npx -y server"),
                "tools.mcp.servers.s.command: must be a list of texts: command: [npx, -y, server]");
        for (Object wrong : List.of(List.of(), List.of(" "), List.of(List.of()), 7)) {
            assertProblem(
                    Map.of("command", wrong),
                    "tools.mcp.servers.s.command: must be a list of texts: command: [program, argument, …]");
        }
    }

    @Test
    void values_of_the_wrong_kind_are_refused() {
        List<String> command = List.of("x");
        assertProblem(
                Map.of("command", command, "startTimeout", 30),
                "tools.mcp.servers.s.startTimeout: must be a duration longer than zero, like 500ms, 30s, 5m or 1h, not 30");
        assertProblem(
                Map.of("command", command, "requestTimeout", "0s"),
                "tools.mcp.servers.s.requestTimeout: must be a duration longer than zero, like 500ms, 30s, 5m or 1h, not \"0s\"");
        assertProblem(
                Map.of("command", command, "maxMessageSize", "2GiB"),
                "tools.mcp.servers.s.maxMessageSize: must be a size from 1KiB to 64MiB, like 16MiB, not \"2GiB\"");
        assertProblem(
                Map.of("command", command, "onToolChange", "ask"),
                "tools.mcp.servers.s.onToolChange: \"ask\" is not known; it must be refuse or accept");
        assertProblem(
                Map.of("command", command, "env", Map.of("A B", "x")),
                "tools.mcp.servers.s.env.A B: is not the name of an environment variable");
        assertProblem(
                Map.of("command", command, "env", Map.of("A", List.of())), "tools.mcp.servers.s.env.A: must be a text");
        assertProblem(
                Map.of("command", command, "cwd", ""),
                "tools.mcp.servers.s.cwd: must be a text that is not empty, not \"\"");
    }

    @Test
    void an_address_is_of_http_and_carries_no_user() {
        for (String wrong : List.of("ftp://h/", "h/mcp", "http:///mcp", "https://u:p@h/", "https://h/#a", "http://[")) {
            assertProblem(
                    Map.of("url", wrong),
                    "tools.mcp.servers.s.url: \"" + wrong
                            + "\" is not an address like https://mcp.example.com/mcp (http or https, without user and #)");
        }
    }

    @Test
    void headers_are_well_formed_and_not_those_of_the_protocol() {
        String url = "https://h/";
        assertProblem(
                Map.of("url", url, "headers", Map.of("mcp-Session-Id", "x")),
                "tools.mcp.servers.s.headers.mcp-Session-Id: is set by the protocol itself; leave it out");
        assertProblem(
                Map.of("url", url, "headers", Map.of("a:b", "x")),
                "tools.mcp.servers.s.headers.a:b: is not the name of an HTTP header");
        assertProblem(
                Map.of("url", url, "headers", Map.of("A", "x\r\nB: y")),
                "tools.mcp.servers.s.headers.A: has a control character in its value");
        assertProblem(
                Map.of("url", url, "allowPrivateAddresses", "yes"),
                "tools.mcp.servers.s.allowPrivateAddresses: must be true or false, not \"yes\"");
    }
}
