package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DisplayTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void on_a_terminal_tasks_and_a_bar_are_redrawn() throws IOException {
        Path plan = Files.writeString(folder.resolve("p.yaml"), """
                name: p
                steps:
                  - id: s
                    mode: parallel
                    onError: continue
                    tasks:
                      - { id: slow, tool: shell, with: { command: [sleep, "0.5"] } }
                      - { id: bad, tool: shell, with: { script: "echo oops >&2; exit 3" } }
                """);
        Terminal terminal = new Terminal(stream(out), stream(err), true, true, 60);
        int exitCode = Main.run(List.of("run", plan.toString(), "--store", "memory:"), terminal);
        assertThat(exitCode).isEqualTo(1);
        String shown = err.toString(StandardCharsets.UTF_8);
        assertThat(shown).contains("slow", "░", "running", "\033[J", "task bad ", "\033[31m✘");
    }

    @Test
    void a_failure_is_told_once() throws IOException {
        Path plan = Files.writeString(folder.resolve("p.yaml"), """
                name: p
                steps:
                  - id: s
                    onError: continue
                    tasks:
                      - { id: bad, tool: shell, with: { script: "echo oops >&2; exit 3" } }
                      - id: again
                        tool: shell
                        with: { script: "echo alas >&2; exit 4" }
                        retry: { maxRetries: 1, delay: 10ms }
                      - { id: odd, tool: shell, with: { script: "echo tut >&2; exit 5" }, onFailure: skip }
                      - id: late
                        tool: shell
                        with: { command: [sleep, "60"] }
                        timeout: 100ms
                        onFailure: { fallback: instead }
                      - { id: instead, tool: value, with: { value: 1 } }
                """);
        for (boolean live : new boolean[] {true, false}) {
            err.reset();
            Terminal terminal = new Terminal(stream(out), stream(err), live, false, 80);
            Main.run(List.of("run", plan.toString(), "--store", "memory:"), terminal);
            String shown = err.toString(StandardCharsets.UTF_8);
            assertThat(shown.lines().filter(line -> line.contains(" task ")))
                    .filteredOn(line -> line.contains("oops"))
                    .singleElement()
                    .asString()
                    .containsPattern("task bad failed: .*oops \\[EXIT_3\\] \\d+ ms$");
            assertThat(shown)
                    .containsPattern(
                            "task again attempt 1 failed: .*alas \\[EXIT_4\\] \\d+ ms; next attempt in \\d+ ms")
                    .containsPattern("task again failed: .*alas \\[EXIT_4\\] \\d+ ms, at attempt 2")
                    .containsPattern("task odd attempt 1 failed: .*tut .*; skipped: it failed, which")
                    .containsPattern("task late timed out: .* \\[TIMEOUT\\] \\d+ ms")
                    .contains("5 tasks: 1 completed, 3 failed (1 replaced by a fallback), 1 skipped or stopped");
        }
    }

    @Test
    void more_tasks_than_there_is_room_for_are_counted() throws IOException {
        Path plan = Files.writeString(folder.resolve("p.yaml"), """
                name: p
                steps:
                  - id: s
                    tasks:
                      - id: each
                        forEach: "${lists.range(15)}"
                        tool: shell
                        with: { script: "sleep 0.4; exit 1" }
                      - { id: said, tool: chatty }
                """.replace("tasks:", "onError: continue\n    tasks:"));
        Terminal terminal = new Terminal(stream(out), stream(err), true, false, 80);
        Main.run(List.of("run", plan.toString(), "--store", "memory:"), terminal);
        String shown = err.toString(StandardCharsets.UTF_8);
        assertThat(shown)
                .containsPattern("… and \\d more tasks?\n")
                .contains("warning said: speaking of WARNING", "error said: speaking of ERROR")
                .doesNotContain("speaking of INFO\n");
    }

    @Test
    void of_very_many_failures_some_are_told() throws IOException {
        Path plan = Files.writeString(folder.resolve("p.yaml"), """
                name: p
                steps:
                  - id: s
                    onError: continue
                    tasks:
                      - { id: each, forEach: "${lists.range(25)}", tool: value, with: { value: "${1 / (item - item)}" } }
                """);
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, 80);
        Main.run(List.of("run", plan.toString(), "--store", "memory:"), terminal);
        assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("… and \\d+ more failures");
    }

    @Test
    void whether_somebody_looks_is_asked_of_the_system() {
        assertThat(Terminal.isErrorShown()).isIn(true, false);
        assertThat(detect(Map.of("TERM", "xterm"), true).width()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void problems_beyond_the_first_are_counted() {
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, 80);
        terminal.complain(List.of(Complaint.of("CODE", "wrong", "mend it")), 7);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error[CODE]", "… and 7 more problems");
    }

    @Test
    void text_from_outside_cannot_move_the_cursor() {
        assertThat(PlainText.of("a\033[2Jb\u202Ec\td\n")).isEqualTo("a\\u001b[2Jb\\u202ec\td\n");
        assertThat(PlainText.line("one\ntwo\tthree", 9)).isEqualTo("one two …");
    }

    @Test
    void durations_read_well() {
        assertThat(Words.duration(Duration.ofMillis(35))).isEqualTo("35 ms");
        assertThat(Words.duration(Duration.ofMillis(1_390))).isEqualTo("1.3 s");
        assertThat(Words.duration(Duration.ofSeconds(247))).isEqualTo("4 min 7 s");
        assertThat(Words.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void a_terminal_is_live_unless_it_is_dumb_or_nobody_looks() {
        assertThat(detect(Map.of("TERM", "xterm", "COLUMNS", "120"), true))
                .returns(true, Terminal::live)
                .returns(true, Terminal::colour)
                .returns(120, Terminal::width);
        assertThat(detect(Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", "9"), true))
                .returns(true, Terminal::live)
                .returns(false, Terminal::colour)
                .returns(40, Terminal::width);
        assertThat(detect(Map.of("TERM", "dumb"), true).live()).isFalse();
        assertThat(detect(Map.of("TERM", "xterm", "CI", "true"), true).live()).isFalse();
        assertThat(detect(Map.of("TERM", "xterm"), false).live()).isFalse();
    }

    @Test
    void a_defect_of_the_program_ends_with_70() {
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, 80);
        assertThat(Failures.explain(new IllegalStateException("impossible"), terminal))
                .isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error[INTERNAL]", "impossible", "report it");
    }

    private Terminal detect(Map<String, String> environment, boolean terminal) {
        return Terminal.detect(stream(out), stream(err), environment, terminal);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
