package dev.ropewalk.tool.system.shell;

import static dev.ropewalk.tool.system.shell.ShellFixture.assertNothingLeftOf;
import static dev.ropewalk.tool.system.shell.ShellFixture.command;
import static dev.ropewalk.tool.system.shell.ShellFixture.script;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.TestCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShellToolTest {
    @TempDir
    Path directory;

    private ShellFixture shell;

    @BeforeEach
    void open() {
        shell = new ShellFixture(directory, Map.of("leftoverWait", "500ms"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Map<String, @Nullable Object> run(TestCall call) throws Exception {
        return call.fields(shell.tool);
    }

    private String stdout(TestCall call) throws Exception {
        return TestCall.text(run(call).get("stdout"));
    }

    @Test
    void a_command_returns_its_exit_code_and_what_it_wrote() throws Exception {
        Map<String, @Nullable Object> result = run(script("echo out; echo err >&2"));

        assertThat(result.keySet()).containsExactly("exitCode", "stdout", "stderr");
        assertThat(result.get("exitCode")).isEqualTo(0L);
        assertThat(TestCall.text(result.get("stdout"))).isEqualTo("out\n");
        assertThat(TestCall.text(result.get("stderr"))).isEqualTo("err\n");
    }

    @Test
    void numbers_and_booleans_are_given_as_they_are_written() throws Exception {
        assertThat(stdout(command("printf", "%s ", 7L, 0.5, true, new BigDecimal("12.30"), "-x", "")))
                .isEqualTo("7 0.5 true 12.30 -x  ");
    }

    @Test
    void a_program_is_known_by_the_name_that_the_plan_gives_it() throws Exception {
        assertThat(stdout(command("sh", "-c", "echo $0"))).isEqualTo("sh\n");
    }

    @Test
    void S13_a_value_is_never_read_as_program_text() throws Exception {
        String evil = "\"'; touch pwned $(touch pwned) `touch pwned` ${HOME} *";

        assertThat(stdout(command("printf", "%s", evil))).isEqualTo(evil);
        assertThat(stdout(script("printf %s \"$1\"", evil))).isEqualTo(evil);
        assertThat(stdout(script("printf %s \"$V\"").and("env", Map.of("V", evil))))
                .isEqualTo(evil);
        assertThat(stdout(command("cat").and("stdin", evil))).isEqualTo(evil);
        assertThat(command("true").and("cwd", evil).failure(shell.tool).code()).isEqualTo("DIRECTORY_NOT_FOUND");
        assertThat(command(evil).failure(shell.tool).code()).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void standard_input_is_the_text_or_the_json_of_another_value() throws Exception {
        assertThat(stdout(command("cat").and("stdin", "two\nlines"))).isEqualTo("two\nlines");
        assertThat(stdout(command("cat").and("stdin", Map.of("a", Arrays.asList(1L, null, "ü")))))
                .isEqualTo("{\"a\":[1,null,\"ü\"]}");
    }

    @Test
    void standard_input_is_empty_if_the_plan_gives_none() throws Exception {
        assertThat(stdout(command("cat"))).isEmpty();
    }

    @Test
    void input_of_any_size_is_written_while_the_output_is_read() throws Exception {
        String input = "x".repeat(900_000);

        assertThat(stdout(command("cat").and("stdin", input))).isEqualTo(input);
    }

    @Test
    void a_program_need_not_read_its_input() throws Exception {
        assertThat(run(command("true").and("stdin", "x".repeat(1_000_000)))).containsEntry("exitCode", 0L);
    }

    @Test
    void a_relative_directory_is_meant_from_the_working_directory_of_the_engine() throws Exception {
        Files.createDirectory(directory.resolve("sub"));

        assertThat(stdout(command("pwd").and("cwd", "sub")).strip())
                .isEqualTo(directory.resolve("sub").toRealPath().toString());
        assertThat(stdout(command("pwd")).strip())
                .isEqualTo(directory.toRealPath().toString());
    }

    @Test
    void a_program_can_be_named_relative_to_the_directory() throws Exception {
        Path file = Files.writeString(directory.resolve("hello"), "#!/bin/sh\necho hello \"$@\"\n");
        assertThat(command("./hello").failure(shell.tool))
                .hasMessageContaining("chmod +x")
                .extracting(ToolException::code)
                .isEqualTo("COMMAND_NOT_EXECUTABLE");

        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(stdout(command("./hello", "you"))).isEqualTo("hello you\n");
    }

    @Test
    void S25_only_allowed_variables_of_the_engine_reach_the_process() throws Exception {
        TestCall call = command("env").and("env", Map.of("MINE", "yes"));
        Map<String, String> environment = new HashMap<>();
        stdout(call).lines().forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));

        assertThat(environment)
                .containsEntry("MINE", "yes")
                .containsEntry("LC_MESSAGES", "C")
                .containsEntry("ROPEWALK_ATTEMPT", call.processMark())
                .containsEntry("ROPEWALK_IDEMPOTENCY_KEY", "execution-1/sub/task[3]/0")
                .containsEntry("ROPEWALK_EXECUTION_ID", "execution-1")
                .containsEntry("ROPEWALK_TASK", "sub/task[3]")
                .containsEntry("ROPEWALK_ATTEMPT_NUMBER", "2")
                .doesNotContainKey("ENGINE_SECRET");
        var others = new TreeSet<>(environment.keySet());
        others.removeIf(name -> name.startsWith("ROPEWALK_") || name.startsWith("LC_"));
        others.removeAll(ShellSettings.DEFAULT_ENVIRONMENT);
        assertThat(others).containsExactly("MINE");
    }

    @Test
    void a_plan_can_take_a_variable_away() throws Exception {
        Map<String, @Nullable Object> without = new HashMap<>();
        without.put("HOME", null);

        assertThat(stdout(script("echo ${HOME-none}").and("env", without))).isEqualTo("none\n");
    }

    @Test
    void a_failing_exit_code_is_a_retryable_failure_with_the_last_words() {
        ToolException failure = script("echo out; echo it broke >&2; exit 3").failure(shell.tool);

        assertThat(failure.code()).isEqualTo("EXIT_3");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.message()).isEqualTo("/bin/sh: exit code 3: it broke");
        assertThat(failure.context())
                .containsEntry("exitCode", 3L)
                .containsEntry("stdout", "out\n")
                .containsEntry("stderr", "it broke\n");
    }

    @Test
    void a_failure_without_words_on_standard_error_tells_those_of_standard_output() {
        assertThat(script("echo only out; exit 1").failure(shell.tool).message())
                .isEqualTo("/bin/sh: exit code 1: only out");
        assertThat(command("false").failure(shell.tool).message()).isEqualTo("false: exit code 1, no output");
    }

    @Test
    void the_plan_says_which_exit_codes_are_a_success() throws Exception {
        assertThat(run(script("exit 1").and("successExitCodes", List.of(0L, 1L))))
                .containsEntry("exitCode", 1L);
        assertThat(script("exit 0")
                        .and("successExitCodes", List.of(2L))
                        .failure(shell.tool)
                        .code())
                .isEqualTo("EXIT_0");
    }

    @Test
    void a_process_that_a_signal_killed_is_reported_by_the_name_of_the_signal() {
        ToolException killed = script("kill -KILL $$").failure(shell.tool);

        assertThat(killed.code()).isEqualTo("SIGNAL_KILL");
        assertThat(killed.message()).contains("memory");
        assertThat(killed.context()).containsEntry("signal", "KILL");
        assertThat(script("kill -SEGV $$").failure(shell.tool).code()).isEqualTo("SIGNAL_SEGV");
    }

    @Test
    void a_missing_program_is_a_permanent_failure_that_says_what_would_do() {
        ToolException missing = command("no-such-program").failure(shell.tool);
        assertThat(missing.code()).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(missing.isRetryable()).isFalse();
        assertThat(missing.message()).contains("\"no-such-program\" on PATH (");

        assertThat(command("git status").failure(shell.tool).message())
                .contains("command: [git, status]", "script: \"git status\"");
        assertThat(command("./none").failure(shell.tool).message()).contains("no program ./none in " + directory);
    }

    @Test
    void arguments_that_the_system_cannot_pass_are_a_permanent_failure() {
        ToolException tooLong = command("echo", "x".repeat(3_000_000)).failure(shell.tool);

        assertThat(tooLong.code()).isEqualTo("ARGUMENTS_TOO_LONG");
        assertThat(tooLong.isRetryable()).isFalse();
        assertThat(tooLong.message()).contains("with.stdin");
    }

    @Test
    void json_on_standard_output_becomes_the_result() throws Exception {
        Map<String, @Nullable Object> result =
                run(script("echo '{\"a\": [1, 2.5, true, null]}'").and("parse", "json"));

        assertThat(result.keySet()).containsExactly("exitCode", "json", "stderr");
        assertThat(result.get("json")).isEqualTo(Map.of("a", Arrays.asList(1L, 2.5, true, null)));
    }

    @Test
    void F31_a_program_that_promised_json_and_wrote_none_has_failed() {
        ToolException failure = script("echo oops").and("parse", "json").failure(shell.tool);
        assertThat(failure.code()).isEqualTo("INVALID_OUTPUT");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.context()).containsEntry("stdout", "oops\n");

        assertThat(command("true").and("parse", "json").failure(shell.tool).message())
                .contains("not JSON at byte 0");
        assertThat(command("head", "-c", "2000000", "/dev/zero")
                        .and("parse", "json")
                        .failure(shell.tool)
                        .code())
                .isEqualTo("OUTPUT_TOO_LARGE");
    }

    @Test
    void F32_output_is_kept_up_to_the_limit_byte_for_byte() throws Exception {
        TestCall call = script("printf 'a\\0b\\377\\033[31m\\r\\n'");
        run(call);
        assertThat(new String(call.output(0).open().readAllBytes(), ISO_8859_1)).isEqualTo("a\0b\u00ff\u001b[31m\r\n");

        TestCall big = command("head", "-c", "100000000", "/dev/zero");
        run(big);
        assertThat(big.output(0).totalBytes()).isEqualTo(100_000_000);
        assertThat(big.output(0).truncated()).isTrue();
    }

    @Test
    void a_disk_that_takes_no_output_does_not_hang_the_process() {
        TestCall call = script("head -c 1000000 /dev/zero; touch done").brokenDisk();

        assertThat(call.failure(shell.tool).code()).isEqualTo("IO");
        assertThat(directory.resolve("done")).exists();
    }

    @Test
    void what_outlives_the_first_process_has_a_moment_to_end_and_its_words_are_kept() throws Exception {
        try (ShellFixture patient = new ShellFixture(directory, Map.of("leftoverWait", "30s"))) {
            TestCall call = script("(sleep 0.4; echo late) & sleep 0.2; echo early");

            assertThat(TestCall.text(call.fields(patient.tool).get("stdout"))).isEqualTo("early\nlate\n");
        }
    }

    @Test
    void what_does_not_end_after_the_first_process_is_ended() throws Exception {
        for (String leftover : List.of(
                "sleep 120 &",
                "sleep 120 >/dev/null 2>&1 &",
                "timeout 60 yes & ",
                "setsid sleep 120 </dev/null >/dev/null 2>&1 &",
                "(trap '' TERM; sleep 120; sleep 120) &")) {
            TestCall call = script(leftover + " echo started");

            assertThat(run(call)).containsEntry("exitCode", 0L);
            assertNothingLeftOf(call);
            assertThat(call.written(0)).contains("started");
        }
    }

    @Test
    void all_problems_of_the_arguments_are_told_at_once() {
        ToolException failure = TestCall.with(Map.of(
                        "command",
                        List.of("a", List.of()),
                        "cwd",
                        3L,
                        "env",
                        Map.of("ROPEWALK_X", "1", "A=B", "1", "C", List.of(), "D", "\0"),
                        "successExitCodes",
                        List.of(256L),
                        "parse",
                        "xml",
                        "shell",
                        true))
                .failure(shell.tool);

        assertThat(failure.code()).isEqualTo("INVALID_ARGUMENTS");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.message())
                .contains(
                        "with.command[1] is a list but must be text, a number, true or false",
                        "with.cwd is a number but must be text",
                        "with.env.ROPEWALK_X is set by the engine",
                        "with.env.A=B is not a name of a variable",
                        "with.env.C is a list",
                        "with.env.D holds a NUL character",
                        "with.successExitCodes must hold whole numbers from 0 to 255",
                        "with.parse is text but must be one of text, json",
                        "with.shell is not known");
    }

    @Test
    void exactly_one_of_command_and_script_is_given() {
        assertThat(TestCall.with(Map.of()).failure(shell.tool).message()).contains("with.command is missing");
        assertThat(script("true")
                        .and("command", List.of("true"))
                        .failure(shell.tool)
                        .message())
                .contains("give only one of them");
        assertThat(command("true").and("args", List.of("x")).failure(shell.tool).message())
                .contains("with.args belongs to with.script");
        assertThat(command().failure(shell.tool).message()).contains("must begin with the name of a program");
        assertThat(command("echo", "a\0b").failure(shell.tool).message()).contains("with.command[1] holds a NUL");
        assertThat(command("true").and("cwd", "\0").failure(shell.tool).message())
                .contains("with.cwd is not a path");
        assertThat(TestCall.with(Map.of("command", "git status"))
                        .failure(shell.tool)
                        .message())
                .contains("with.command is text but must be a list");
    }

    @Test
    void a_program_whose_interpreter_is_missing_fails_with_the_reason() throws IOException {
        Path file = Files.writeString(directory.resolve("odd"), "#!/no/such/interpreter\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();

        assertThat(command("./odd").failure(shell.tool).message()).contains("No such file");
    }
}
