package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.ToolException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A server that lies, floods, and dies, while calls are made. Where a test ends the server, the next
/// one finds it started again.
@DisplayNameGeneration(ReplaceUnderscores.class)
class MisbehavingServerTest {
    private static Servers fake;

    @BeforeAll
    static void configure() {
        fake = Servers.command(Servers.fake("good"), "maxMessageSize", "1MiB", "requestTimeout", "2s");
    }

    @AfterAll
    static void close() {
        fake.close();
    }

    /// A success between two failures: the next start is not held back.
    @BeforeEach
    void it_works() {
        await().ignoreExceptions().until(() -> fake.text("mutable").equals("first"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_call_carries_its_arguments_and_its_idempotency_key() throws Exception {
        Map<String, Object> big = Map.of("n", new BigInteger("100000000000000000000"), "list", List.of(1.5, "x"));

        Map<String, Object> seen = fake.structured("echo", new TestCall(big));

        assertThat(seen.get("arguments")).isEqualTo(big);
        assertThat((Map<String, Object>) seen.get("meta"))
                .containsEntry("ropewalk/idempotencyKey", "e1/read/1")
                .containsEntry("ropewalk/attempt", 2L)
                .containsKey("progressToken");
    }

    @Test
    void a_server_that_dies_fails_the_call_at_once_and_is_started_again_by_the_next() throws Exception {
        long before = fake.pid();

        ToolException failure = fake.failure("die");

        assertFails(failure, "MCP_SERVER_DIED", true);
        assertThat(failure.message()).contains("exit code 3").contains("I cannot go on");
        assertThat(fake.pid()).isNotEqualTo(before);
    }

    @Test
    void a_killed_server_fails_every_call_that_runs() throws Exception {
        long pid = fake.pid();
        List<TestCall> calls =
                IntStream.range(0, 8).mapToObj(_ -> TestCall.empty()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ToolException>> failures = calls.stream()
                    .map(call -> threads.submit(() -> fake.failure("hang", call)))
                    .toList();
            await().until(() -> calls.stream().allMatch(TestCall::hasCallbacks));

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            for (Future<ToolException> failure : failures) {
                assertFails(failure.get(), "MCP_SERVER_DIED", true);
            }
        }
        assertThat(fake.pid()).isNotEqualTo(pid);
    }

    @Test
    void answers_to_other_ids_and_second_answers_are_passed_over() throws Exception {
        assertThat(fake.text("twice")).isEqualTo("right");
        assertThat(fake.text("twice")).isEqualTo("right");
    }

    @Test
    void what_is_not_a_message_ends_the_server_with_a_message_that_shows_it() {
        ToolException failure = fake.failure("garbage");

        assertFails(failure, "MCP_SERVER_DIED", true);
        assertThat(failure.message())
                .contains("\"Segmentation fault<U+001B>[31m\"")
                .contains("standard error");
    }

    @Test
    void a_line_without_end_ends_the_server_when_it_is_too_long() {
        ToolException failure = fake.failure("huge");

        assertFails(failure, "MCP_SERVER_DIED", true);
        assertThat(failure.message()).contains("longer than 1048576 bytes");
    }

    @Test
    void a_flood_of_notifications_is_read_over() throws Exception {
        TestCall call = TestCall.with("count", 5_000);

        assertThat(fake.text("flood", call)).isEqualTo("done");
        assertThat(call.progress).isEmpty();
        assertThat(call.messages).hasSize(5_000);
    }

    @Test
    void progress_is_a_fraction_as_far_as_the_server_says_of_what() throws Exception {
        TestCall call = TestCall.empty();

        fake.call("progress", call);

        assertThat(call.progress)
                .containsExactly(
                        new TestCall.Progress(0.25, "one | of four"),
                        new TestCall.Progress(0.25, ""),
                        new TestCall.Progress(1, ""));
    }

    @Test
    void log_messages_are_messages_of_the_only_call() throws Exception {
        TestCall call = TestCall.empty();

        fake.call("log", call);

        assertThat(call.messages)
                .extracting(TestCall.Message::level)
                .containsExactly(
                        MessageLevel.DEBUG,
                        MessageLevel.INFO,
                        MessageLevel.INFO,
                        MessageLevel.WARNING,
                        MessageLevel.ERROR,
                        MessageLevel.ERROR,
                        MessageLevel.INFO);
        assertThat(call.messages.getFirst().text()).isEqualTo("me: {at=debug}");
        assertThat(call.messages.getLast().text()).isEqualTo("plain");
    }

    @Test
    @SuppressWarnings("unchecked")
    void sampling_and_roots_are_refused_and_a_ping_is_answered() throws Exception {
        List<Map<String, Object>> replies = (List<Map<String, Object>>)
                fake.structured("interview", TestCall.empty()).get("replies");

        assertThat((Map<String, Object>) replies.get(0).get("error")).containsEntry("code", -32601L);
        assertThat((Map<String, Object>) replies.get(1).get("error")).containsEntry("code", -32601L);
        assertThat(replies.get(2)).containsEntry("result", Map.of());
    }

    @Test
    void errors_of_the_protocol_have_their_code_and_are_retried_if_that_may_help() {
        ToolException invalid = fake.failure("refuse", TestCall.with("code", -32602));
        assertFails(invalid, "MCP_ERROR_32602", false);
        assertThat(invalid.message()).contains("no<U+202E>!");

        assertFails(fake.failure("refuse", TestCall.with("code", -32603)), "MCP_ERROR_32603", true);
        assertFails(fake.failure("refuse", TestCall.with("code", "none")), "MCP_ERROR_32603", true);
    }

    @Test
    void a_tool_that_fails_says_why() {
        ToolException failure = fake.failure("fail");

        assertFails(failure, "MCP_TOOL_ERROR", true);
        assertThat(failure.message()).isEqualTo("mcp:s/fail: disk <U+001B>[2Jfull");
        assertThat(failure.context()).isEqualTo(Map.of("structured", Map.of("free", 0L)));
        assertThat(fake.failure("failSilently").message()).endsWith("failed without saying why");
    }

    @Test
    void parts_of_several_kinds_are_text_and_all_parts() throws Exception {
        Map<?, ?> result = (Map<?, ?>) fake.call("picture");

        assertThat(result.get("text")).isEqualTo("a\nb");
        assertThat((List<?>) result.get("content")).hasSize(3);
    }

    @Test
    void an_answer_that_is_none_is_told_as_such() {
        assertFails(fake.failure("answerWith", TestCall.with("answer", Map.of())), "INVALID_OUTPUT", true);
        assertFails(
                fake.failure("answerWith", TestCall.with("answer", Map.of("content", List.of("x")))),
                "INVALID_OUTPUT",
                true);
    }

    @Test
    void a_result_is_an_object() {
        String number = "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":5}";

        assertFails(fake.failure("raw", TestCall.with("line", number)), "INVALID_OUTPUT", true);
    }

    @Test
    void arguments_that_are_not_json_are_not_sent() throws Exception {
        long pid = fake.pid();
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertFails(fake.failure("echo", TestCall.with("list", endless)), "INVALID_ARGUMENTS", false);
        assertThat(fake.pid()).isEqualTo(pid);
    }

    @Test
    void no_digit_of_a_number_is_lost() throws Exception {
        String line =
                "{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"structuredContent\":{\"n\":[0.1,1e999,3.14159265358979323846]}}}";

        Map<String, Object> structured = fake.structured("raw", TestCall.with("line", line));

        assertThat(structured)
                .isEqualTo(
                        Map.of("n", List.of(0.1, new BigDecimal("1e999"), new BigDecimal("3.14159265358979323846"))));
    }

    @Test
    void lines_that_are_json_but_no_message_end_the_server() {
        for (String line : List.of("null", "[]", "{}", "{\"id\":null,\"result\":1}", "{\"id\":$ID,\"result\":null}")) {
            assertFails(fake.failure("raw", TestCall.with("line", line)), "MCP_SERVER_DIED", true);
            it_works();
        }
    }

    @Test
    void deeply_nested_json_is_refused() {
        String deep = "{\"id\":$ID,\"result\":" + "[".repeat(500) + "]".repeat(500) + "}";

        assertFails(fake.failure("raw", TestCall.with("line", deep)), "MCP_SERVER_DIED", true);
    }

    @Test
    void a_server_that_closes_its_output_is_of_no_use() {
        ToolException failure = fake.failure("closeOutput");

        assertFails(failure, "MCP_SERVER_DIED", true);
        assertThat(failure.message()).contains("closed its output");
    }

    @Test
    void a_server_that_closes_its_input_is_of_no_use() throws Exception {
        assertThat(fake.text("closeInput")).isEqualTo("closed");

        assertFails(fake.failure("echo"), "MCP_SERVER_DIED", true);
    }

    @Test
    void a_server_that_does_not_even_answer_a_ping_is_ended() throws Exception {
        long pid = fake.pid();
        assertThat(fake.text("stopReading")).isEqualTo("deaf");

        assertFails(fake.failure("echo"), "TIMEOUT", true);

        await().ignoreExceptions().until(() -> fake.pid() != pid);
    }
}
