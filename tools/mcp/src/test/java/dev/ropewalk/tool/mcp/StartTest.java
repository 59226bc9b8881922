package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How servers start, and how they fail to.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StartTest {

    @Test
    void nothing_is_started_before_it_is_used(@TempDir Path directory) {
        Path log = directory.resolve("log");
        try (Servers servers = Servers.command(Servers.fake("good"), "env", Map.of("FAKE_LOG", log.toString()))) {
            assertThat(servers.provider.mayHave("mcp:s/anything")).isTrue();
            assertThat(servers.provider.mayHave("mcp:t/anything")).isFalse();
            assertThat(servers.provider.mayHave("shell")).isFalse();
            assertThat(servers.provider.knownNames()).isEmpty();
        }
        assertThat(log).doesNotExist();
    }

    @Test
    void many_first_callers_start_one_server(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (Servers servers = Servers.command(Servers.fake("good"), "env", Map.of("FAKE_LOG", log.toString()))) {
            List<CompletableFuture<Long>> pids = IntStream.range(0, 16)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return servers.pid();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();

            assertThat(pids.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(Files.readAllLines(log))
                    .filteredOn(line -> line.startsWith("start"))
                    .hasSize(1);
        }
    }

    @Test
    void a_server_sees_the_allowed_part_of_the_environment_and_what_is_configured() throws Exception {
        Map<String, Object> server = Map.of("command", Servers.fake("good"), "env", Map.of("TOKEN", "t"), "cwd", "src");
        try (Servers servers = Servers.of(Map.of("s", server), Map.of("AWS_SECRET", "x", "LC_ALL", "C.UTF-8"))) {
            servers.provider.endOrphans("store-of-this-test/");

            Map<String, Object> environment = servers.structured("environment", TestCall.empty());

            assertThat(environment)
                    .containsEntry("TOKEN", "t")
                    .containsEntry("LC_ALL", "C.UTF-8")
                    .containsKeys("PATH", "HOME")
                    .doesNotContainKey("AWS_SECRET");
            assertThat((String) environment.get("ROPEWALK_ATTEMPT")).startsWith("store-of-this-test/mcp/s/");
            assertThat(servers.text("directory")).endsWith("/src");
        }
    }

    @Test
    void a_command_that_does_not_exist_is_not_worth_another_try() {
        try (Servers servers = Servers.command(List.of("no-such-program"))) {
            for (int i = 0; i < 3; i++) {
                ToolException failure = servers.failure("echo");
                assertFails(failure, "COMMAND_NOT_FOUND", false);
                assertThat(failure.message())
                        .contains("tools.mcp.servers.s.command[0]")
                        .contains("no-such-program")
                        .contains("PATH");
            }
        }
        try (Servers servers = Servers.command(List.of("./pom.xml"))) {
            assertThat(servers.failure("echo").message()).contains("looked at from");
        }
        try (Servers servers = Servers.command(List.of("a\0b"))) {
            assertFails(servers.failure("echo"), "COMMAND_NOT_FOUND", false);
        }
    }

    @Test
    void a_directory_that_does_not_exist_is_told() {
        try (Servers servers = Servers.command(Servers.fake("good"), "cwd", "no/such/folder")) {
            ToolException failure = servers.failure("echo");
            assertFails(failure, "MCP_SERVER_UNAVAILABLE", true);
            assertThat(failure.message()).contains("could not be started").contains("no/such/folder");
        }
    }

    @Test
    void a_server_that_dies_at_start_is_tried_again_at_once_but_then_left_alone_for_a_while() {
        try (Servers servers = Servers.command(Servers.fake("dies-at-start"))) {
            ToolException first = servers.failure("echo");
            assertFails(first, "MCP_SERVER_DIED", true);
            assertThat(first.message()).contains("exit code 1").contains("no configuration | found");
            assertFails(servers.failure("echo"), "MCP_SERVER_DIED", true);

            ToolException third = servers.failure("echo");

            assertFails(third, "MCP_SERVER_UNAVAILABLE", true);
            assertThat(third.retryAfter()).isPresent();
            assertThat(third.message()).contains("next try in").contains("exit code 1");
        }
    }

    @Test
    void a_crowd_of_callers_does_not_start_a_dying_server_again_and_again(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (Servers servers =
                        Servers.command(Servers.fake("dies-at-start"), "env", Map.of("FAKE_LOG", log.toString()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ToolException>> callers = Collections.nCopies(500, () -> servers.failure("echo"));

            for (Future<ToolException> failure : threads.invokeAll(callers)) {
                assertThat(failure.get().isRetryable()).isTrue();
            }

            assertThat(Files.readAllLines(log)).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up_after_the_start_timeout() {
        try (Servers servers = Servers.command(Servers.fake("silent"), "startTimeout", "300ms")) {
            ToolException failure = servers.failure("echo");

            assertFails(failure, "MCP_SERVER_UNAVAILABLE", true);
            assertThat(failure.message()).contains("300 ms").contains("startTimeout");
        }
    }

    @Test
    void a_greeting_on_stdout_is_passed_over_but_not_endless_noise() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("banner"))) {
            assertThat(servers.text("mutable")).isEqualTo("first");
        }
        try (Servers servers = Servers.command(Servers.fake("noise"))) {
            assertFails(servers.failure("echo"), "MCP_SERVER_DIED", true);
        }
    }

    @Test
    void a_protocol_of_the_future_is_refused() {
        try (Servers servers = Servers.command(Servers.fake("future"))) {
            ToolException failure = servers.failure("echo");

            assertFails(failure, "MCP_PROTOCOL_VERSION", false);
            assertThat(failure.message()).contains("2999-01-01").contains("2025-11-25");
        }
    }

    @Test
    void a_server_without_tools_has_none() {
        try (Servers servers = Servers.command(Servers.fake("no-tools"))) {
            ToolException failure = servers.failure("echo");

            assertFails(failure, "TOOL_NOT_FOUND", false);
            assertThat(failure.message()).contains("offers no tools");
        }
    }

    @Test
    void all_pages_of_the_list_are_read() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("pages"))) {
            assertThat(servers.text("mutable")).isEqualTo("first");
            assertThat(servers.provider.knownNames()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void a_list_without_end_is_cut_or_refused() {
        try (Servers servers = Servers.command(Servers.fake("endless-pages"))) {
            assertThat(servers.problems()).isEmpty();
            assertThat(servers.provider.knownNames()).hasSize(2);
        }
        try (Servers servers = Servers.command(Servers.fake("many-tools"))) {
            assertFails(servers.failure("echo"), "MCP_TOO_MANY_TOOLS", false);
        }
    }

    @Test
    void odd_definitions_are_shown_as_they_are_or_left_out() {
        try (Servers servers = Servers.command(Servers.fake("odd-tools"))) {
            List<ToolDescriptor> tools = servers.provider.list(_ -> {});

            assertThat(tools).extracting(ToolDescriptor::name).containsExactly("mcp:s/bare", "mcp:s/hidden");
            assertThat(tools.get(0).inputSchema()).isEmpty();
            assertThat(tools.get(1).description()).isEqualTo("Hidden: safe<U+200B><U+E0041>");
        }
    }

    @Test
    void servers_that_cannot_be_asked_are_named_and_the_others_are_listed() {
        Map<String, Object> servers = Map.of(
                "bad",
                Map.of("command", List.of("no-such-program")),
                "worse",
                Map.of("command", Servers.fake("list-fails")),
                "good",
                Map.of("command", Servers.fake("good")));
        try (Servers all = Servers.of(servers)) {
            List<String> problems = new ArrayList<>();

            List<ToolDescriptor> tools = all.provider.list(problems::add);

            assertThat(tools).extracting(ToolDescriptor::name).contains("mcp:good/echo");
            assertThat(problems).hasSize(2);
            assertThat(problems.get(0)).startsWith("MCP server \"bad\" cannot be started");
            assertThat(problems.get(1)).startsWith("MCP server \"worse\" answered with error -32603: no list today");
        }
    }

    @Test
    void names_of_other_families_are_not_ours() throws Exception {
        try (Servers servers = Servers.of(Map.of("files", Map.of("command", List.of("x"))))) {
            assertThat(servers.provider.find("shell")).isEmpty();
            assertThat(new McpToolProviderFactory().name()).isEqualTo("mcp");
        }
    }

    @Test
    void a_server_that_is_not_configured_is_explained_with_an_example() {
        try (Servers servers = Servers.of(Map.of("files", Map.of("command", List.of("x"))))) {
            ToolException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ToolException.class, () -> servers.provider.find("mcp:file/read"));

            assertFails(failure, "MCP_SERVER_NOT_CONFIGURED", false);
            assertThat(failure.message())
                    .contains("did you mean \"files\"?")
                    .contains("servers:\n        file: { command: [program, argument] }");
        }
        try (Servers servers = Servers.of(Map.of())) {
            ToolException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ToolException.class, () -> servers.provider.find("mcp:files/read"));
            assertThat(failure.message()).contains("none is");
        }
        try (Servers servers = Servers.of(Map.of())) {
            ToolException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ToolException.class, () -> servers.provider.find("mcp:files"));
            assertFails(failure, "TOOL_NOT_FOUND", false);
        }
    }
}
