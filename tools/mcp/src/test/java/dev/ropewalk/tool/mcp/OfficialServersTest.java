package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the official servers, over stdio.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfficialServersTest {
    private static Servers everything;

    @BeforeAll
    static void configure() {
        everything = Servers.command(Servers.EVERYTHING);
    }

    @AfterAll
    static void close() {
        everything.close();
    }

    @Test
    void tools_are_listed_with_their_schemas() {
        List<String> problems = new java.util.ArrayList<>();

        List<ToolDescriptor> tools = everything.provider.list(problems::add);

        assertThat(problems).isEmpty();
        assertThat(tools)
                .extracting(ToolDescriptor::name)
                .contains("mcp:s/echo", "mcp:s/get-sum")
                .isSorted();
        ToolDescriptor weather = tools.stream()
                .filter(tool -> tool.name().equals("mcp:s/get-structured-content"))
                .findFirst()
                .orElseThrow();
        assertThat(weather.description()).contains("structured content");
        assertThat(weather.inputSchema().orElseThrow()).contains("\"location\"");
        assertThat(weather.outputSchema().orElseThrow()).contains("\"humidity\"");
        assertThat(weather.version()).matches("sha256:[0-9a-f]{64}");
        assertThat(everything.provider.knownNames()).contains("mcp:s/echo");
    }

    @Test
    void text_comes_back_as_text_alone() throws Exception {
        assertThat(everything.call("echo", TestCall.with("message", "hello"))).isEqualTo(Map.of("text", "Echo: hello"));
    }

    @Test
    void structured_content_comes_back_beside_the_text() throws Exception {
        Map<String, Object> weather =
                everything.structured("get-structured-content", TestCall.with("location", "New York"));

        assertThat(weather).isEqualTo(Map.of("temperature", 33L, "conditions", "Cloudy", "humidity", 82L));
    }

    @Test
    void parts_that_are_not_text_come_back_as_they_are() throws Exception {
        Map<?, ?> result = (Map<?, ?>) everything.call("get-tiny-image");

        assertThat((String) result.get("text")).isNotEmpty();
        assertThat((List<?>) result.get("content"))
                .anySatisfy(
                        part -> assertThat(((Map<?, ?>) part).get("mimeType")).isEqualTo("image/png"));
    }

    @Test
    void progress_of_the_server_is_progress_of_the_attempt() throws Exception {
        TestCall call = new TestCall(Map.of("duration", 0.2, "steps", 4));

        everything.call("trigger-long-running-operation", call);

        assertThat(call.progress).extracting(TestCall.Progress::fraction).containsExactly(0.25, 0.5, 0.75, 1.0);
    }

    @Test
    void wrong_arguments_fail_with_what_the_server_says_of_them() {
        ToolException failure = everything.failure("get-sum", TestCall.with("a", "many"));

        Servers.assertFails(failure, "MCP_TOOL_ERROR", true);
        assertThat(failure.message()).startsWith("mcp:s/get-sum: ").contains("expected number");
    }

    @Test
    void an_unknown_tool_fails_with_the_one_that_was_meant() {
        ToolException failure = everything.failure("get-som");

        Servers.assertFails(failure, "TOOL_NOT_FOUND", false);
        assertThat(failure.message()).contains("did you mean \"get-sum\"?");
    }

    @Test
    void many_calls_share_one_server_at_the_same_time() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = IntStream.range(0, 320)
                    .mapToObj(i -> (Callable<String>)
                            () -> everything.text("get-sum", new TestCall(Map.of("a", i, "b", 1000))))
                    .toList();

            List<Future<String>> results = threads.invokeAll(calls);

            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).contains(" " + (i + 1000));
            }
        }
    }

    @Test
    void files_are_read_through_the_filesystem_server(@TempDir Path directory) throws Exception {
        Path real = directory.toRealPath();
        Files.writeString(real.resolve("letter.txt"), "Dear reader\n");
        try (Servers files = Servers.command(Servers.files(real))) {
            TestCall call = TestCall.with("path", real.resolve("letter.txt").toString());

            assertThat(files.text("read_text_file", call)).isEqualTo("Dear reader\n");
            ToolException outside = files.failure("read_text_file", TestCall.with("path", "/etc/passwd"));
            Servers.assertFails(outside, "MCP_TOOL_ERROR", true);
            assertThat(outside.message()).contains("Access denied");
        }
    }
}
